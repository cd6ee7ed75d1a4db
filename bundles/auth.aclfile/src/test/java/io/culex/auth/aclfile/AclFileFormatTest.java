// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.aclfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.security.file.InvalidFileException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SPEC C.1. */
class AclFileFormatTest {
    @Test
    void readsSectionsPatternsAndComments() throws InvalidFileException {
        Acl acl = new Acl(
                "# comment",
                "",
                "   ",
                "topic read anonymous/#\r",
                "user bob",
                "  topic   write   bob/out  ",
                "pattern readwrite devices/%c/#",
                "user eve the second",
                "topic eve",
                "user bob",
                "topic read bob/in");

        assertEquals(5, acl.rules.count());
        assertEquals("r", acl.may(null, "c", "anonymous/x"));
        assertEquals("w", acl.may("bob", "c", "bob/out"));
        assertEquals("r", acl.may("bob", "c", "bob/in"));
        assertEquals("rw", acl.may("eve the second", "c", "eve"));
        assertEquals("rw", acl.may("anyone", "c", "devices/c/x"));
        assertEquals(List.of(), acl.warnings);
    }

    @ParameterizedTest
    @CsvSource({
        "topic a/b, rw",
        "topic read a/b, r",
        "topic write a/b, w",
        "topic readwrite a/b, rw",
        "topic deny a/b, -"
    })
    void knowsTheAccessWords(String line, String may) throws InvalidFileException {
        assertEquals(may, new Acl(line).may(null, "c", "a/b"));
    }

    @Test
    void takesTheOnlyWordBehindTopicAsTheFilter() throws InvalidFileException {
        assertEquals("rw", new Acl("topic read").may(null, "c", "read"));
        assertEquals("r", new Acl("topic read deny").may(null, "c", "deny"));
    }

    @Test
    void takesAFilterWithSpacesAfterAnAccessWord() throws InvalidFileException {
        assertEquals("r", new Acl("topic read  my  living room/+ ").may(null, "c", "my  living room/lamp"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "topics a/b            | Invalid line in acl_file \"/etc/acl\": topics.",
                "User bob              | Invalid line in acl_file \"/etc/acl\": User.",
                "'user\tbob'           | 'Invalid line in acl_file \"/etc/acl\": user\tbob.'",
                "'\ttopic a/b'         | 'Invalid line in acl_file \"/etc/acl\": \ttopic.'",
                "' # comment'          | Invalid line in acl_file \"/etc/acl\": #.",
                "topic my room/lamp    | Invalid topic access type \"my\" in acl_file \"/etc/acl\".",
                "topic Read a/b        | Invalid topic access type \"Read\" in acl_file \"/etc/acl\".",
                "'topic \tread a/b'    | 'Invalid topic access type \"\tread\" in acl_file \"/etc/acl\".'",
                "'pattern \tdeny a/%u' | 'Invalid topic access type \"\tdeny\" in acl_file \"/etc/acl\".'",
                "pattern allow %u      | Invalid topic access type \"allow\" in acl_file \"/etc/acl\".",
                "topic read a/#/b      | Invalid ACL topic \"a/#/b\" in acl_file \"/etc/acl\".",
                "topic read a+/b       | Invalid ACL topic \"a+/b\" in acl_file \"/etc/acl\".",
                "topic read a/b # all  | Invalid ACL topic \"a/b # all\" in acl_file \"/etc/acl\".",
                "pattern read a/%u#    | Invalid ACL topic \"a/%u#\" in acl_file \"/etc/acl\".",
                "user                  | Missing username in acl_file \"/etc/acl\".",
                "topic                 | Empty topic in acl_file \"/etc/acl\".",
                "pattern               | Empty topic in acl_file \"/etc/acl\"."
            })
    void refusesTheWholeFileForOneWrongLine(String line, String message) {
        String refusal = assertThrows(InvalidFileException.class, () -> new Acl("topic read x", line))
                .text();

        assertTrue(refusal.startsWith("Error: " + message + " Line 2: "), refusal);
    }

    @Test
    void refusesAFilterThatIsTooDeep() throws InvalidFileException {
        assertEquals("rw", new Acl("topic " + "a/".repeat(200) + "a").may(null, "c", "a/".repeat(200) + "a"));
        assertThrows(InvalidFileException.class, () -> new Acl("topic " + "a/".repeat(201) + "a"));
    }

    @Test
    void warnsOfPatternsThatNameNobody() throws InvalidFileException {
        assertEquals(
                List.of(
                        "Warning: ACL pattern 'a/b' does not contain '%c' or '%u'. (/etc/acl, line 1)",
                        "Warning: ACL pattern 'a/x%u': '%c' and '%u' stand for a client only as a whole level."
                                + " (/etc/acl, line 2)"),
                new Acl("pattern read a/b", "pattern read a/x%u", "pattern read a/%u/%c").warnings);
    }

    @Test
    void warnsOfATabThatBecomesPartOfAFilter() throws InvalidFileException {
        Acl acl = new Acl("topic read\ta/b");

        assertEquals(1, acl.warnings.size());
        assertEquals("-", acl.may(null, "c", "a/b"));
    }

    /** Mosquitto would otherwise grant another topic than Culex for the same line. */
    @ParameterizedTest
    @ValueSource(strings = {"topic \ta/b", "topic read \ta/b", "topic  write  \ta/b"})
    void aTabAtTheBeginningOfAFilterIsPartOfItToo(String line) throws InvalidFileException {
        Acl acl = new Acl(line);

        assertEquals(1, acl.warnings.size());
        assertEquals("-", acl.may(null, "c", "a/b"));
        assertNotEquals("-", acl.may(null, "c", "\ta/b"));
    }
}
