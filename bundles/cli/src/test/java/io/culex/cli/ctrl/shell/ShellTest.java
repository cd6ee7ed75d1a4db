// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.cli.ctrl.option.OptionsReader;
import io.culex.cli.ctrl.outcome.ExitStatus;
import io.culex.cli.ctrl.outcome.FailedException;
import io.culex.testkit.Ports;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The shell with lines from a pipe and without a broker; with one it is tested from outside. */
class ShellTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private ExitStatus run(String input, String... arguments) throws Exception {
        OptionsReader reader = new OptionsReader(Map.of());
        List<String> given = List.of(arguments);
        try (Console console = new InputLines(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, false, StandardCharsets.UTF_8))) {
            return new Shell(console, reader, given, reader.read(given).options()).run();
        }
    }

    @Test
    void endsWithItsInputAndWithExit() throws Exception {
        assertEquals(ExitStatus.DONE, run(""));
        assertEquals(ExitStatus.DONE, run("\n  \nexit\nnonsense\n"));
        assertEquals("", out.toString(StandardCharsets.UTF_8) + err);
    }

    @Test
    void helps() throws Exception {
        run("help\nhelp addRoleACL\nhelp frob\n");
        assertEquals(
                """
                auth [username]: who connects next; the password is asked for
                connect [mqtt|mqtts|ws|wss://[username[:password]@]host[:port][/path]]
                help [command]
                exit: leave culex_ctrl
                addRoleACL <rolename> <acltype> <topicFilter> allow|deny [priority]: Add an ACL to a role; higher priorities are asked first
                Unknown command 'frob'
                """,
                out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void understandsCommandsOfABrokerOnlyWhenThereIsOne() throws Exception {
        assertEquals(ExitStatus.NO_COMMAND, run("dynsec\nlistClients\n\ndisconnect\n"));
        assertEquals(
                """
                Error: Not connected.
                Error: Not connected.
                Unknown command (line 4)
                """,
                err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void repeatsNoPasswordOfACommandThatHasFailed() throws Exception {
        assertEquals(ExitStatus.NO_COMMAND, run("dynsec createClient bob\nhunter2\nhunter2\n"));
        assertEquals(
                """
                Error: Not connected.
                Unknown command (line 2)
                Unknown command (line 3)
                """,
                err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void namesToAPersonTheWordThatItDoesNotKnow() {
        assertEquals("Unknown command 'frob'", new LineFromNobody().unknown("frob"));
    }

    @Test
    void goesOnAfterAFailureAndEndsWithIt() throws Exception {
        int nobody = Ports.free();
        assertEquals(
                ExitStatus.UNREACHABLE,
                run(
                        "connect http://x\nconnect mqtt://127.0.0.1:" + nobody + "\nhelp exit\n",
                        "-h",
                        "127.0.0.1",
                        "-p",
                        "" + nobody));
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("Unsupported URL scheme."));
        assertTrue(err.toString(StandardCharsets.UTF_8)
                .contains("Error: Unable to connect to 127.0.0.1:" + nobody + ": Connection refused.\n"));
        assertEquals("exit: leave culex_ctrl\n", out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void aPersonCanLeaveANewPasswordWithoutHavingOneSet() {
        Console person = new LineFromNobody();

        FailedException e = assertThrows(FailedException.class, () -> person.newPassword("New: ", "Again: "));

        assertEquals("Error: No password.", e.text());
        assertEquals(ExitStatus.USAGE, e.status());
    }

    /** Someone who presses Ctrl-C in place of an answer. */
    private static final class LineFromNobody implements Console {
        @Override
        public @Nullable List<String> words(String prompt) {
            return null;
        }

        @Override
        public @Nullable String secret(String prompt) {
            return null;
        }

        @Override
        public PrintStream out() {
            return System.out;
        }

        @Override
        public PrintStream err() {
            return System.err;
        }

        @Override
        public boolean isPerson() {
            return true;
        }

        @Override
        public void completeBy(Vocabulary vocabulary) {}

        @Override
        public void close() {}
    }

    @Test
    void wantsAUserNameForAuth() throws Exception {
        assertEquals(ExitStatus.USAGE, run("auth\n\n"));
        assertEquals(ExitStatus.DONE, run("auth bob\nsecret\n"));
        assertEquals(ExitStatus.USAGE, run("auth bob\n"));
    }
}
