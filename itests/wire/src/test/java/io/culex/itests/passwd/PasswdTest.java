// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.passwd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.itests.real.Screen;
import io.culex.testkit.BrokerKind;
import io.culex.testkit.BrokerProcess;
import io.culex.testkit.Connect;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.WireClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/culex_passwd} beside Debian's {@code mosquitto_passwd} and {@code mosquitto} (SPEC B.4). */
class PasswdTest {
    private final Path file;
    private final String name;
    private final Passwd passwd;

    PasswdTest(@TempDir Path folder) {
        file = folder.resolve("passwords");
        name = file.toString();
        passwd = new Passwd(folder);
    }

    @Test
    void mosquittoLetsInTheUsersThatOursWrites() throws IOException {
        succeed(passwd.ours("", "-c", "-b", name, "bob", "sécret"));
        succeed(passwd.ours("", "-H", "sha512", "-b", name, "eve", "other"));
        succeed(passwd.ours("joe:with:colon\nann:x\n", "-b", name, "-"));
        succeed(passwd.ours("", "-D", name, "ann"));

        try (BrokerProcess mosquitto = BrokerProcess.prepare(BrokerKind.MOSQUITTO)) {
            Files.copy(file, mosquitto.folder().resolve("passwords"));
            mosquitto.configure(
                    """
                    user root
                    listener {port} 127.0.0.1
                    password_file {dir}/passwords
                    """);
            mosquitto.run(Map.of(), "-c", "{dir}/mosquitto.conf");
            mosquitto.awaitReady();

            assertEquals(0, login(mosquitto, "bob", "sécret"));
            assertEquals(0, login(mosquitto, "eve", "other"));
            assertEquals(0, login(mosquitto, "joe", "with:colon"));
            assertEquals(5, login(mosquitto, "bob", "secret"));
            assertEquals(5, login(mosquitto, "ann", "x"));
        }
    }

    @Test
    void eachChangesTheFileOfTheOther() throws IOException {
        succeed(passwd.debians("", "-c", "-b", name, "bob", "one"));
        succeed(passwd.ours("", "-I", "10", "-b", name, "eve", "two"));
        succeed(passwd.debians("", "-b", name, "joe", "three"));
        succeed(passwd.ours("", "-I", "10", "-b", name, "joe", "four"));
        succeed(passwd.debians("", "-b", name, "eve", "five"));
        assertEquals(List.of("bob:$7$101", "eve:$7$101", "joe:$7$10"), beginnings());

        succeed(passwd.ours("", "-D", name, "bob"));
        succeed(passwd.debians("", "-D", name, "joe"));
        assertEquals(List.of("eve:$7$101"), beginnings());
    }

    @Test
    void endsAsDebiansDoes() throws IOException {
        succeed(passwd.ours("", "-I", "1", "-c", "-b", name, "bob", "one"));
        String missing = name + ".none";
        for (String[] arguments : new String[][] {
            {"-c", "-D", name, "bob"},
            {"-c", "-U", name},
            {"-D", "-U", name},
            {"-b", "-D", name, "bob", "x"},
            {"-D", name, "nobody"},
            {"-b", missing, "bob", "x"},
            {"-D", missing, "bob"},
            {"-U", missing},
            {"-c", "-b", missing + "/none", "bob", "x"},
            {"-b", name, "a:b", "x"},
            {"-H", "md5", "-b", name, "bob", "x"},
            {"-c"},
            {}
        }) {
            Passwd.Result ours = passwd.ours("", arguments);
            Passwd.Result debians = passwd.debians("", arguments);
            String what = String.join(" ", arguments);
            assertEquals(debians.status(), ours.status(), what);
            if (arguments.length > 0) {
                assertEquals(debians.err(), ours.err(), what);
            }
        }
        assertEquals(2, passwd.ours("one\ntwo\n", name, "bob").status());
        assertEquals(2, passwd.debians("one\ntwo\n", name, "bob").status());
    }

    @Test
    void runsAtTheSameTimeLoseNothing() throws Exception {
        succeed(passwd.ours("", "-I", "1", "-c", "-b", name, "user0", "x"));
        List<Process> runs = new ArrayList<>();
        for (int i = 1; i <= 12; i++) {
            runs.add(passwd.start("-I", "1", "-b", name, "user" + i, "x"));
        }
        for (Process run : runs) {
            assertTrue(run.waitFor(60, TimeUnit.SECONDS));
            assertEquals(0, run.exitValue(), () -> new String(bytesOf(run), StandardCharsets.UTF_8));
        }

        assertEquals(13, Files.readAllLines(file).stream().distinct().count());
    }

    @Test
    void doesNotShowWhatAPersonTypes() throws Exception {
        try (Screen screen = Screen.run(Map.of(), Passwd.program() + " -I 1 -c " + name + " bob")) {
            screen.await("Password: ");
            screen.type("hunter2\n");
            screen.await("Reenter password: ");
            screen.type("hunter2\n");
            screen.await("Adding password for user bob");
            assertEquals(0, screen.exit());
            assertFalse(screen.text().contains("hunter2"), screen.text());
        }
        assertEquals(List.of("bob:$7$1"), beginnings());
    }

    private static int login(BrokerProcess broker, String user, String password) {
        try (WireClient client = WireClient.open(broker.address(), ProtocolVersion.V311)) {
            client.send(Connect.as("c").user(user).password(password));
            return client.expectConnack().reason();
        }
    }

    /** Name, kind and iterations of each entry. */
    private List<String> beginnings() throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> line.substring(0, line.indexOf('$', line.indexOf("$7$") + 3)))
                .toList();
    }

    private static void succeed(Passwd.Result result) {
        assertEquals(0, result.status(), result::toString);
    }

    private static byte[] bytesOf(Process process) {
        try {
            return process.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
