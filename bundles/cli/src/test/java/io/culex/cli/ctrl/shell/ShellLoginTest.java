// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.cli.ctrl.net.ScriptedBroker;
import io.culex.cli.ctrl.option.OptionsReader;
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

    @AfterEach
    void close() throws IOException {
        one.close();
        other.close();
    }

    /** In the lines, ONE and OTHER are where the brokers are. */
    private void run(String input, String... arguments) throws Exception {
        OptionsReader reader = new OptionsReader(Map.of());
        List<String> given = List.of(arguments);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (PrintStream print = new PrintStream(said, false, StandardCharsets.UTF_8);
                Console console = new InputLines(
                        new ByteArrayInputStream(placed(input).getBytes(StandardCharsets.UTF_8)), print, print)) {
            new Shell(console, reader, given, reader.read(given).options()).run();
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
}
