// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.passwordfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.auth.AuthAnswer;
import io.culex.api.auth.AuthRequest;
import io.culex.api.auth.Peer;
import io.culex.api.message.Payload;
import io.culex.api.message.ReasonCode;
import io.culex.api.metrics.Metric;
import io.culex.security.file.InvalidFileException;
import io.culex.testkit.RecordedLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PasswordFileTest {
    private static final AuthAnswer NOT_AUTHORIZED = new AuthAnswer.Deny(ReasonCode.NOT_AUTHORIZED, "");

    private final Path path;
    private final RecordedLog log = new RecordedLog();
    private @Nullable PasswordFile opened;

    PasswordFileTest(@TempDir Path folder) throws IOException {
        path = folder.resolve("passwords");
        write(Entries.line("bob", "secret"), Entries.line("eve", "other"));
    }

    @AfterEach
    void close() {
        if (opened != null) {
            opened.close();
        }
    }

    @Test
    void decidesAsMosquittoDoes() throws Exception {
        PasswordFile file = open(0);

        assertEquals(AuthAnswer.ALLOW, login(file, "bob", "secret"));
        assertEquals(NOT_AUTHORIZED, login(file, "bob", "other"));
        assertEquals(NOT_AUTHORIZED, login(file, "bob", ""));
        assertEquals(NOT_AUTHORIZED, login(file, "bob", null));
        assertEquals(NOT_AUTHORIZED, login(file, "nobody", "secret"));
        assertEquals(NOT_AUTHORIZED, login(file, "", "secret"));
        assertEquals(AuthAnswer.IGNORE, login(file, null, "secret"));
        assertEquals(AuthAnswer.IGNORE, login(file, null, null));
        assertEquals(3, value(file, "checks"));
        assertEquals(5, value(file, "refusals"));
        assertEquals(2, value(file, "users"));
    }

    @Test
    void hashesARightPasswordOnceInAWhileAndAWrongOneEachTime() throws Exception {
        PasswordFile file = open(60);
        for (int i = 0; i < 3; i++) {
            assertEquals(AuthAnswer.ALLOW, login(file, "bob", "secret"));
            assertEquals(NOT_AUTHORIZED, login(file, "bob", "wrong"));
        }

        assertEquals(4, value(file, "checks"));
        assertEquals(2, value(file, "cache_hits"));
    }

    @Test
    void tellsWhoFindsNoPlaceToTryAgain() throws Exception {
        PasswordFile file = open(0);
        file.close();

        assertEquals(ReasonCode.SERVER_UNAVAILABLE, ((AuthAnswer.Deny) login(file, 4, "bob", "secret")).reason());
        assertEquals(ReasonCode.SERVER_BUSY, ((AuthAnswer.Deny) login(file, 5, "bob", "secret")).reason());
        assertEquals(2, value(file, "busy"));
    }

    @Test
    void refusesAFileWithAFaultWhenItIsMade() throws IOException {
        write(Entries.line("bob", "secret"), "eve:clear\n");

        InvalidFileException refused = assertThrows(InvalidFileException.class, () -> open(0));

        assertEquals(
                "password-file: Error: Unable to decode line in password file '" + path
                        + "'. Line 2: the password of user 'eve': not a hash: it does not begin with '$'.",
                refused.text());
    }

    @Test
    void takesAChangedFileAndForgetsWhatWasRightBefore() throws Exception {
        PasswordFile file = open(60);
        assertEquals(AuthAnswer.ALLOW, login(file, "bob", "secret"));
        assertEquals(AuthAnswer.ALLOW, login(file, "eve", "other"));

        write(Entries.line("bob", "changed"));
        look(file);

        assertEquals(NOT_AUTHORIZED, login(file, "bob", "secret"));
        assertEquals(AuthAnswer.ALLOW, login(file, "bob", "changed"));
        assertEquals(NOT_AUTHORIZED, login(file, "eve", "other"));
        assertEquals(1, value(file, "loads"));
    }

    @Test
    void keepsTheUsersWhenTheFileBreaksAndShowsIt() throws Exception {
        PasswordFile file = open(0);
        long before = file.changes();

        write("bob:\n");
        look(file);

        assertEquals(AuthAnswer.ALLOW, login(file, "bob", "secret"));
        assertEquals(before, file.changes());
        assertEquals(1, value(file, "load_failed"));
        assertEquals(1, value(file, "load_failures"));
        assertTrue(
                log.lines().get(0).startsWith("ERROR password-file: Error: Unable to decode line"),
                log.lines().get(0));
    }

    @Test
    void saysWhoseEntryIsWhatItWas() throws Exception {
        String bob = Entries.line("bob", "secret");
        write(bob, Entries.line("eve", "other"));
        PasswordFile file = open(0);
        String bobBefore = file.fingerprint("bob");
        String eveBefore = file.fingerprint("eve");
        assertNotNull(bobBefore);
        assertNull(file.fingerprint("nobody"));

        write("# moved\n", Entries.line("eve", "other"), bob);
        long before = file.changes();
        look(file);

        assertNotEquals(before, file.changes());
        assertEquals(bobBefore, file.fingerprint("bob"));
        assertNotEquals(eveBefore, file.fingerprint("eve"));
    }

    @Test
    void warnsOnceItHasALog() throws Exception {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r--r--"));
        open(0).start();

        assertTrue(
                log.lines().get(0).startsWith("WARNING Warning: File " + path + " has world readable"),
                log.lines().get(0));
    }

    @Test
    void namesTheFileOptionThatIsMissing() {
        assertEquals(
                "password-file: Error: The plugin needs 'plugin_opt_password_file', the path of its file.",
                assertThrows(InvalidFileException.class, () -> new PasswordFile(PluginConfig.of(Map.of())))
                        .text());
    }

    @Test
    void readsItsOptionsFromText() throws InvalidFileException {
        Map<String, String> values = new HashMap<>(Map.of(
                "culex_plugin", "bouncer", "password__file", path.toString(), "watch", "1", "cache__seconds", "5"));
        values.put("hash__threads", "3");
        assertEquals(
                new Settings("bouncer", path, true, Duration.ofSeconds(5), 3, 1000),
                Settings.of(PluginConfig.of(values)));

        values.put("hash__threads", "0");
        assertTrue(Settings.of(PluginConfig.of(values)).threads() >= 1);
        values.put("cache__seconds", "soon");
        assertThrows(InvalidFileException.class, () -> Settings.of(PluginConfig.of(values)));
    }

    private PasswordFile open(int cacheSeconds) throws InvalidFileException {
        Settings settings = new Settings("bouncer", path, false, Duration.ofSeconds(cacheSeconds), 1, 10);
        PasswordFile file = new PasswordFile(settings, () -> 0);
        file.bindLog(log);
        opened = file;
        return file;
    }

    private static void look(PasswordFile file) {
        file.file().look();
        file.file().look();
    }

    private void write(String... lines) throws IOException {
        Files.writeString(path, String.join("", lines));
    }

    private static AuthAnswer login(PasswordFile file, @Nullable String user, @Nullable String password)
            throws Exception {
        return login(file, 4, user, password);
    }

    private static AuthAnswer login(PasswordFile file, int level, @Nullable String user, @Nullable String password)
            throws Exception {
        Payload sent = password == null ? null : Payload.of(password);
        return file.authenticate(new AuthRequest("client", user, sent, level, Peer.of("1883", null)))
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    private static double value(PasswordFile file, String name) {
        double[] read = {Double.NaN};
        for (Metric metric : file.metrics()) {
            if (metric.name().equals("passwordfile_" + name)) {
                metric.reader().accept((value, labels) -> {
                    assertEquals(List.of("bouncer"), List.of(labels));
                    read[0] = value;
                });
            }
        }
        return read[0];
    }
}
