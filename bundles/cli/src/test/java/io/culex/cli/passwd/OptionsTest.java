// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.passwd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.security.hash.HashKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {
    @Test
    void readsTheFormsOfTheManual() throws FailedException {
        assertEquals(options(Options.Action.ASK, false, "f", "u", null), parse("f u"));
        assertEquals(options(Options.Action.ASK, true, "f", "u", null), parse("-c f u"));
        assertEquals(options(Options.Action.SET, false, "f", "u", "p"), parse("-b f u p"));
        assertEquals(options(Options.Action.SET, true, "-", "u", "p"), parse("-b -c - u p"));
        assertEquals(options(Options.Action.SET, false, "f", "u", "-p"), parse("-b f u -p"));
        assertEquals(options(Options.Action.SET_LINES, false, "f", null, null), parse("-b f -"));
        assertEquals(options(Options.Action.SET_LINES, true, "-", null, null), parse("-c -b - -"));
        assertEquals(options(Options.Action.SET, false, "f", "-", "p"), parse("-b f - p"));
        assertEquals(options(Options.Action.DELETE, false, "f", "u", null), parse("-D f u"));
        assertEquals(options(Options.Action.HASH_PLAIN, false, "f", null, null), parse("-U f"));
        assertEquals(options(Options.Action.HASH_PLAIN, false, "f", null, null), parse("-b -U f"));
    }

    @Test
    void readsKindAndIterations() throws FailedException {
        Options options = parse("-H argon2id -I 5000 f u");

        assertEquals(HashKind.ARGON2ID, options.kind());
        assertEquals(5000, options.iterations());
        assertEquals(HashKind.SHA512, parse("-H sha512 f u").kind());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-c -D f u      | Error: -c and -D cannot be used together.",
                "-c -U f        | Error: -c and -U cannot be used together.",
                "-D -U f        | Error: -D and -U cannot be used together.",
                "-b -D f u p    | Error: -b and -D cannot be used together.",
                "-H md5 f u     | Error: Unknown hash type 'md5'",
                "-H             | Error: -H argument given but not enough other arguments.",
                "-I             | Error: -I argument given but not enough other arguments.",
                "-I 0 f u       | Error: Number of iterations must be > 0.",
                "-I -5 f u      | Error: Number of iterations must be > 0.",
                "-I many f u    | Error: Number of iterations is not a number.",
                "-c             | Error: -c argument given but password file or username missing.",
                "-c -b f        | Error: -c argument given but password file, username, or password missing.",
                "-D f           | Error: -D argument given but password file or username missing.",
                "-U             | Error: -U argument given but password file missing.",
                "-b f a:b p     | Error: Username must not contain the ':' character.",
                "-b f #a p      | Error: Username must not begin with '#', which begins a comment."
            })
    void refusesAsMosquittoDoes(String arguments, String message) {
        FailedException failed = assertThrows(FailedException.class, () -> parse(arguments));

        assertEquals(message, failed.getMessage());
        assertEquals(1, failed.status());
    }

    @Test
    void refusesNamesThatTheBrokerWouldReadOtherwise() {
        for (String name : new String[] {"", " a", "a ", "a\tb", "a\u007f", "x".repeat(65_536)}) {
            assertThrows(FailedException.class, () -> Options.parse("-b", "f", name, "p"));
        }
        assertThrows(FailedException.class, () -> Options.parse("-b", "f", "u", ""));
    }

    /** Java has put something else in its place, which the broker would never get from the client. */
    @Test
    void refusesWhatIsNoUtf8() throws FailedException {
        FailedException name = assertThrows(FailedException.class, () -> Options.parse("-b", "f", "m\ufffdller", "p"));
        assertEquals("Error: Username is not valid UTF-8.", name.getMessage());
        FailedException password = assertThrows(FailedException.class, () -> Options.parse("-b", "f", "u", "\ufffd"));
        assertEquals("Error: Password is not valid UTF-8.", password.getMessage());
        assertEquals("m\ufffdller", Options.parse("-D", "f", "m\ufffdller").user());
    }

    @ParameterizedTest
    @CsvSource({"f", "f u p", "-b f u p more", "-U f u", "-x f u"})
    void showsItsUsageForWhatItDoesNotUnderstand(String arguments) {
        String message = String.valueOf(
                assertThrows(FailedException.class, () -> parse(arguments)).getMessage());

        assertTrue(message.endsWith(Usage.TEXT), message);
    }

    private static Options options(
            Options.Action action, boolean create, String file, @Nullable String user, @Nullable String password) {
        return new Options(action, create, HashKind.SHA512_PBKDF2, 210_000, file, user, password);
    }

    private static Options parse(String arguments) throws FailedException {
        return Options.parse(arguments.split(" "));
    }
}
