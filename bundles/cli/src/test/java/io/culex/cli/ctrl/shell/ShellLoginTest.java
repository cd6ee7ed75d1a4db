// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.cli.ctrl.net.ScriptedBroker;
import io.culex.cli.ctrl.option.OptionsReader;
import io.culex.cli.ctrl.outcome.ExitStatus;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who connects where, with lines from a pipe: no broker sees a login that was given for another one. */
class ShellLoginTest {
    private final ScriptedBroker one = new ScriptedBroker();
    private final ScriptedBroker other = new ScriptedBroker();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @AfterEach
    void close() throws IOException {
        one.close();
        other.close();
    }

    /** In the lines, ONE and OTHER are where the brokers are. */
    private ExitStatus run(String input, String... arguments) throws Exception {
        OptionsReader reader = new OptionsReader(Map.of());
        List<String> given = List.of(arguments);
        try (PrintStream answers = new PrintStream(out, false, StandardCharsets.UTF_8);
                PrintStream errors = new PrintStream(err, false, StandardCharsets.UTF_8);
                Console console = new InputLines(
                        new ByteArrayInputStream(placed(input).getBytes(StandardCharsets.UTF_8)), answers, errors)) {
            return new Shell(console, reader, given, reader.read(given).options()).run();
        }
    }

    private String placed(String text) {
        return text.replace("ONE", "127.0.0.1:" + one.port()).replace("OTHER", "127.0.0.1:" + other.port());
    }

    @Test
    void keepsTheLoginOfAUrlToItself() throws Exception {
        run("connect mqtt://bob:secret@ONE\ndisconnect\nconnect mqtt://OTHER\n");

        assertEquals(List.of("bob:secret"), one.logins());
        assertEquals(List.of("null:null"), other.logins());
    }

    @Test
    void takesTheLoginOfAUrlBeforeThatOfAuth() throws Exception {
        run("auth carol\nhers\nconnect mqtt://bob:secret@ONE\ndisconnect\nconnect mqtt://OTHER\n");

        assertEquals(List.of("bob:secret"), one.logins());
        assertEquals(List.of("carol:hers"), other.logins());
    }

    @Test
    void asksForThePasswordOfAUrlsUserThoughThereIsOneOfAnother() throws Exception {
        run("connect mqtt://ONE\ndisconnect\nconnect mqtt://carol@OTHER\nhers\n", "-u", "bob", "-P", "secret");

        assertEquals(List.of("bob:secret"), one.logins());
        assertEquals(List.of("carol:hers"), other.logins());
    }

    @Test
    void keepsTheLoginOfTheCommandLinesUrlToItself() throws Exception {
        run("disconnect\nconnect mqtt://OTHER\ndisconnect\nconnect\n", "-L", placed("mqtt://bob:secret@ONE"));

        assertEquals(List.of("bob:secret", "bob:secret"), one.logins());
        assertEquals(List.of("null:null"), other.logins());
    }

    @Test
    void keepsAPasswordThatWasAskedForToItsBroker() throws Exception {
        run(
                """
                connect mqtt://ONE
                first
                disconnect
                connect mqtt://ONE
                disconnect
                connect mqtt://OTHER
                second
                """,
                "-u",
                "bob");

        assertEquals(List.of("bob:first", "bob:first"), one.logins());
        assertEquals(List.of("bob:second"), other.logins());
    }

    @Test
    void takesAuthBeforeTheCommandLineAndForEveryBroker() throws Exception {
        run(
                "disconnect\nauth carol\nhers\nconnect\ndisconnect\nconnect mqtt://OTHER\n",
                "-L",
                placed("mqtt://bob:secret@ONE"));

        assertEquals(List.of("bob:secret", "carol:hers"), one.logins());
        assertEquals(List.of("carol:hers"), other.logins());
    }

    @Test
    void showsThePasswordOfTheOptionsFileToNobodyElse(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("options"), "-u bob\n-P secret\n");

        run("connect mqtt://ONE\ndisconnect\nconnect mqtt://carol@OTHER\nhers\n", "-o", file.toString());

        assertEquals(List.of("bob:secret"), one.logins());
        assertEquals(List.of("carol:hers"), other.logins());
    }

    @Test
    void repeatsNoPasswordOfACommandThatWasNotAskedForIt() throws Exception {
        assertEquals(
                ExitStatus.USAGE,
                run("connect mqtt://ONE\ndynsec createClient bob --rol x\nhunter2\ndynsec\nhunter2\n"));

        String said = err.toString(StandardCharsets.UTF_8);
        assertTrue(said.contains("Unknown command (line 3)\nUnknown command (line 5)\n"), said);
        assertFalse(said.contains("hunter2"), said);
        assertEquals(List.of(), one.requests());
    }

    @Test
    void promptsNobodyForTheFirstPasswordOfAClient() throws Exception {
        run("connect mqtt://ONE\ndynsec createClient bob\nhunter2\nhunter2\n");

        assertEquals(1, one.requests().size());
        assertEquals("", out.toString(StandardCharsets.UTF_8));
        assertFalse(err.toString(StandardCharsets.UTF_8).contains("Enter new password"));
    }

    @Test
    void asksNoBrokerForWhatIsForFilesAlone() throws Exception {
        assertEquals(ExitStatus.USAGE, run("connect mqtt://ONE\ndynsec setClientPassword bob pw -i 1000\n"));

        assertEquals(List.of(), one.requests());
        assertTrue(err.toString(StandardCharsets.UTF_8)
                .endsWith("Error: setClientPassword: -i is for files (-f) only.\n"));
    }
}
