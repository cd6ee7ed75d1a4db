// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.passwordfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.security.file.InvalidFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PasswordFileFormatTest {
    private static final Path FILE = Path.of("/etc/p");
    private static final String HASH = Entries.hash("secret").text();

    private final List<String> warnings = new ArrayList<>();

    @Test
    void readsUsersAndPassesOverCommentsAndBlankLines() throws InvalidFileException {
        Map<String, User> users = parse("# comment: with colon", "", "  ", "bob:" + HASH, "  eve  :  " + HASH + " \r");

        assertEquals(Set.of("bob", "eve"), users.keySet());
        User bob = users.get("bob");
        assertNotNull(bob);
        assertTrue(bob.hash().verify(Entries.bytes("secret")));
        assertEquals(List.of(), warnings);
    }

    @Test
    void passesOverALineWithoutColonAndSaysSo() throws InvalidFileException {
        assertEquals(Map.of(), parse("bob"));
        assertEquals(List.of("password-file: Warning: Line 1 of '/etc/p' is skipped, it has no ':'."), warnings);
    }

    /** A certificate, for example. */
    @Test
    void saysOfAFileThatIsNoneHowManyLinesAreSkippedInsteadOfNamingThemAll() throws InvalidFileException {
        String[] certificate = "x,".repeat(30).split(",", -1);
        assertEquals(Map.of(), parse(certificate));
        assertEquals(11, warnings.size(), warnings.toString());
        assertEquals("password-file: Warning: Line 10 of '/etc/p' is skipped, it has no ':'.", warnings.get(9));
        assertEquals(
                "password-file: Warning: 20 more lines of '/etc/p' are skipped, they have no ':'.", warnings.get(10));

        warnings.clear();
        parse("x,".repeat(11).split(",", -1));
        assertEquals("password-file: Warning: 1 more line of '/etc/p' is skipped, it has no ':'.", warnings.get(10));
    }

    @Test
    void passesOverFurtherFields() throws InvalidFileException {
        assertEquals(Set.of("bob"), parse("bob:" + HASH + ":1000:x").keySet());
    }

    @Test
    void takesACommentOnlyAtTheFirstByte() {
        assertTrue(refusal(" # bob:x").contains("Unable to decode line"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bob:            | Unable to decode line in password file '/etc/p'. Line 2: the password of user 'bob': not a hash",
                "bob:secret      | Unable to decode line in password file '/etc/p'. Line 2: the password of user 'bob': not a hash",
                "bob:$7$x$y$z    | Unable to decode line in password file '/etc/p'. Line 2: the password of user 'bob': the count",
                ":$6$x$y         | Invalid username in password file '/etc/p'. Line 2: it is empty.",
                "' : '           | Invalid username in password file '/etc/p'. Line 2: it is empty.",
            })
    void refusesTheWholeFileForOneWrongLine(String line, String message) {
        String refusal = refusal("eve:" + HASH, line);

        assertTrue(refusal.startsWith("password-file: Error: " + message), refusal);
    }

    @Test
    void neverShowsAPasswordThatStandsInClear() {
        assertFalse(refusal("bob:hunter2").contains("hunter2"));
    }

    @Test
    void refusesAUserWhoIsThereTwice() {
        assertEquals(
                "password-file: Error: Duplicate user 'bob' in password file '/etc/p'. Line 3: the first is in line 1.",
                refusal("bob:" + HASH, "", "bob:" + HASH));
    }

    @Test
    void refusesANameThatNoPacketCanCarry() {
        assertTrue(refusal("ä".repeat(32_768) + ":" + HASH).contains("longer than 65535 bytes"));
    }

    @Test
    void tellsEntriesApartByTheirBytes() throws InvalidFileException {
        String other = Entries.hash("secret").text();
        String first = fingerprint("bob:" + HASH);

        assertEquals(first, fingerprint("bob:" + HASH + ":more"));
        assertFalse(first.equals(fingerprint("bob:" + other)));
        assertFalse(first.contains(HASH));
    }

    private String fingerprint(String line) throws InvalidFileException {
        User bob = parse(line).get("bob");
        assertNotNull(bob);
        return bob.fingerprint();
    }

    private Map<String, User> parse(String... lines) throws InvalidFileException {
        return new PasswordFileFormat().parse(FILE, List.of(lines), warnings::add);
    }

    private String refusal(String... lines) {
        return assertThrows(InvalidFileException.class, () -> parse(lines)).text();
    }
}
