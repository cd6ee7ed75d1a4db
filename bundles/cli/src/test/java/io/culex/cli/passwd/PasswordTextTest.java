// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.passwd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.security.hash.HashKind;
import io.culex.security.hash.PasswordHasher;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PasswordTextTest {
    private static final String HASH =
            new PasswordHasher(HashKind.SHA512, 1).hash(PasswordText.bytes("x")).text();

    @Test
    void keepsEveryOtherLineByteForByte() {
        byte[] bytes = "# ä\u0000\n\n \tbob : h1 : more \r\neve:h2\n".getBytes(StandardCharsets.ISO_8859_1);
        PasswordText text = new PasswordText(bytes);

        assertTrue(text.set("eve", "new"));
        assertFalse(text.set("joe", "joe's"));

        String expected = "# ä\u0000\n\n \tbob : h1 : more \r\neve:new\njoe:joe's\n";
        assertEquals(expected, new String(text.toBytes(), StandardCharsets.ISO_8859_1));
    }

    @Test
    void beginsANewLineAfterOneWithoutLineFeed() {
        PasswordText text = new PasswordText(PasswordText.bytes("bob:h1"));

        text.set("eve", "h2");

        assertEquals("bob:h1\neve:h2\n", string(text));
    }

    @Test
    void changesOnlyTheFirstOfTwoAndDeletesBoth() {
        PasswordText text = new PasswordText(PasswordText.bytes("bob:1\neve:2\n bob :3\n"));
        assertTrue(text.set("bob", "new"));
        assertEquals("bob:new\neve:2\n bob :3\n", string(text));

        assertTrue(text.delete("bob"));
        assertEquals("eve:2\n", string(text));
        assertFalse(text.delete("bob"));
    }

    @Test
    void changesAndAddsUsersByTheTenThousandsWithoutReadingAllLinesForEach() {
        int users = 40_000;
        StringBuilder before = new StringBuilder("# many\n");
        for (int i = 0; i < users; i++) {
            before.append("user").append(i).append(":h\n");
        }
        PasswordText text = new PasswordText(PasswordText.bytes(before.toString()));

        int known = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            int found = 0;
            for (int i = users / 2; i < users + users / 2; i++) {
                found += text.set("user" + i, "new") ? 1 : 0;
            }
            return found;
        });

        assertEquals(users / 2, known);
        assertTrue(string(text).contains("\nuser19999:h\nuser20000:new\n"));
        assertTrue(string(text).endsWith("\nuser59999:new\n"));
    }

    @Test
    void findsAUserAgainAfterAnotherWasDeleted() {
        PasswordText text = new PasswordText(PasswordText.bytes("bob:1\neve:2\njoe:3\n"));

        assertTrue(text.set("joe", "4"));
        assertTrue(text.delete("bob"));
        assertTrue(text.set("joe", "5"));
        assertFalse(text.set("bob", "6"));

        assertEquals("eve:2\njoe:5\nbob:6\n", string(text));
    }

    @Test
    void namesTheLineThatIsCorrupt() throws FailedException {
        new PasswordText(PasswordText.bytes("# x\n\n  \nbob:h\n")).check();

        for (String corrupt : List.of("bob:h\neve\n", "\n:h", "# c\n : h\n")) {
            FailedException failed =
                    assertThrows(FailedException.class, () -> new PasswordText(PasswordText.bytes(corrupt)).check());
            assertTrue(String.valueOf(failed.getMessage()).startsWith("Error: Corrupt password file at line "));
        }
    }

    @Test
    void hashesOnlyWhatStandsInClear() throws FailedException {
        PasswordText text =
                new PasswordText(PasswordText.bytes("# c:d\nbob:se:cret\r\neve:" + HASH + "\njoe:$7$no$hash\n"));

        assertEquals(
                List.of("bob=se:cret", "joe=$7$no$hash"),
                text.plain().stream()
                        .map(login -> login.name() + "=" + new String(login.password(), StandardCharsets.UTF_8))
                        .toList());
        text.replacePlain(login -> "hash of " + login.name());
        assertEquals("# c:d\nbob:hash of bob\neve:" + HASH + "\njoe:hash of joe\n", string(text));
    }

    @Test
    void refusesAUserWithoutPassword() {
        assertThrows(FailedException.class, () -> new PasswordText(PasswordText.bytes("bob:\n")).plain());
    }

    private static String string(PasswordText text) {
        return new String(text.toBytes(), StandardCharsets.UTF_8);
    }
}
