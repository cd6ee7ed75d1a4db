// SPDX-License-Identifier: Apache-2.0
package io.culex.security.hash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The vectors are those of SPEC B.2, written by Mosquitto itself. */
class PasswordHashTest {
    private static final String LONG_SALT_PBKDF2 =
            "$7$1000$9YC1Lzxie9QA3RkhKdKslEAHb6TUq278Z9BPJSOq4NgkNVf8o5E2Q0e3k8VavI4ZsBH2LSvxCQANFuhgdCSMbQ==$Espj5mmR"
                    + "MZPJYjMO7c1dJsss5ys2nOG4Lc4YfzmPB00VkVFgdPtbPB7IbbYKgtJBVaScj9Lf+KIM48T/PvOZQg==";
    private static final String SHA512 =
            "$6$Bhq9L18zDtA0m16IFjXD8NZnBFUk/Q5fXv3tCRoGiSPiMxx+ZRYutjzNxO8De4XPekfGrAuloESt9S/WF2znWw==$KQS1T3EMVEf8"
                    + "6R9QJmeYs+zsR//3eOI028vvzuaA65MBZr8BV7dhivpnx3gWfkclyOYfR5nfkgwEXqJba96Z/g==";
    private static final String SHORT_SALT_PBKDF2 =
            "$7$101$J6JDjHchfFz2kubG$MhRLJ7ezmk82+2imnZIS3iYsoOOvbtFWd6UVzPH5xuhln0Wnz7m4yW9Jacpww0eZywwhJeTEeqYNrs/s"
                    + "MUWgEA==";
    private static final String ARGON2ID =
            "$argon2id$v=19$m=47104,t=1,p=1$7TpiWuTyjGJRm2FCF4/zlXUVktMaYktSvL+WUo699tcPUOpToaym1i09FGyDGzV6EO0y3IRQ"
                    + "OReCqghyrva2Xg$CMlhVftCXWbrgUsf+Jt2pIsWBHD1fRr1KG//KN7cFRovlqMIdKnTg4renFHrNAhcp7ZdQ+UFbfyuy2AlUu/lEw";
    private static final String SALT_12 = "J6JDjHchfFz2kubG";
    private static final String HASH_64 =
            "MhRLJ7ezmk82+2imnZIS3iYsoOOvbtFWd6UVzPH5xuhln0Wnz7m4yW9Jacpww0eZywwhJeTEeqYNrs/sMUWgEA==";

    @ParameterizedTest
    @CsvSource({
        "secret,  SHA512_PBKDF2, " + LONG_SALT_PBKDF2,
        "sec4,    SHA512,        " + SHA512,
        "oldpass, SHA512_PBKDF2, " + SHORT_SALT_PBKDF2,
        "sec3,    ARGON2ID,      '" + ARGON2ID + "'"
    })
    void readsWhatMosquittoWrites(String password, HashKind kind, String text) throws InvalidHashException {
        PasswordHash hash = PasswordHash.parse(text);

        assertEquals(kind, hash.kind());
        assertTrue(hash.verify(bytes(password)));
        assertFalse(hash.verify(bytes(password + "x")));
        assertFalse(hash.verify(new byte[0]));
        assertEquals(text, hash.text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "$",
                "$5$" + SALT_12 + "$" + HASH_64,
                "$8$" + SALT_12 + "$" + HASH_64,
                "$6$" + SALT_12,
                "$6$" + SALT_12 + "$",
                "$6$$" + HASH_64,
                "$6$" + SALT_12 + "$" + HASH_64 + "$",
                "$6$AAAA$" + HASH_64,
                "$6$" + SALT_12 + "$AAAA",
                "$6$" + SALT_12 + "$!" + HASH_64,
                "$7$" + SALT_12 + "$" + HASH_64,
                "$7$0$" + SALT_12 + "$" + HASH_64,
                "$7$-1$" + SALT_12 + "$" + HASH_64,
                "$7$x$" + SALT_12 + "$" + HASH_64,
                "$7$99999999999$" + SALT_12 + "$" + HASH_64,
                "$7$101$" + SALT_12 + "$MhRLJ7ezmk82",
                "$argon2id$v=19$m=47104,t=1,p=1$AAAAAAAAAAAA",
                "$argon2id$v=18$m=47104,t=1,p=1$AAAAAAAAAAAA$AAAAAAAA",
                "$argon2id$v=19$m=4,t=1,p=1$AAAAAAAAAAAA$AAAAAAAA",
                "$argon2id$v=19$m=999999999,t=1,p=1$AAAAAAAAAAAA$AAAAAAAA",
                "$argon2id$v=19$m=47104,t=0,p=1$AAAAAAAAAAAA$AAAAAAAA",
                "$argon2id$v=19$m=47104,t=1$AAAAAAAAAAAA$AAAAAAAA",
                "$argon2id$v=19$m=47104,t=1,p=1$AAAA$AAAAAAAA",
                "$argon2i$v=19$m=47104,t=1,p=1$AAAAAAAAAAAA$AAAAAAAA"
            })
    void refusesWhatIsNoHash(String text) {
        InvalidHashException refused = assertThrows(InvalidHashException.class, () -> PasswordHash.parse(text));

        String message = refused.toString();
        assertTrue(text.length() < 2 || !message.contains(text), message);
    }

    @ParameterizedTest
    @CsvSource({"SHA512, 12", "SHA512_PBKDF2, 12", "ARGON2ID, 64"})
    void readsWhatItWrites(HashKind kind, int saltBytes) throws InvalidHashException {
        byte[] password = {0, -1, 'p', -128, 0, 1};
        PasswordHash written = new PasswordHasher(kind, 1000).hash(password);
        PasswordHash read = PasswordHash.parse(written.text());

        assertTrue(read.verify(password));
        assertFalse(read.verify(new byte[] {0, -1, 'p', -128, 0, 2}));
        assertFalse(read.verify(new byte[] {0, -1, 'p', -128}));
        assertEquals(written.text(), read.text());
        String[] fields = written.text().split("\\$");
        assertEquals(saltBytes, Base64.getDecoder().decode(fields[fields.length - 2]).length);
    }

    @Test
    void writesTheIterationsItIsTold() {
        String text = new PasswordHasher(HashKind.SHA512_PBKDF2, 4711)
                .hash(bytes("x"))
                .text();

        assertTrue(text.startsWith("$7$4711$"), text);
        assertThrows(IllegalArgumentException.class, () -> new PasswordHasher(HashKind.SHA512_PBKDF2, 0));
        assertTrue(PasswordHasher.DEFAULT_ITERATIONS >= 210_000);
    }

    @Test
    void givesEachPasswordASaltOfItsOwn() {
        PasswordHasher hasher = new PasswordHasher(HashKind.SHA512, 1);

        assertFalse(
                hasher.hash(bytes("x")).text().equals(hasher.hash(bytes("x")).text()));
    }

    @Test
    void hashesAnEmptyAndALongPassword() throws InvalidHashException {
        PasswordHasher hasher = new PasswordHasher(HashKind.SHA512_PBKDF2, 2);
        byte[] longer = bytes("x".repeat(200));

        assertTrue(PasswordHash.parse(hasher.hash(new byte[0]).text()).verify(new byte[0]));
        assertTrue(PasswordHash.parse(hasher.hash(longer).text()).verify(longer));
    }

    @Test
    void findsAKindByItsNameOnTheCommandLine() {
        for (HashKind kind : HashKind.values()) {
            assertEquals(kind, HashKind.of(kind.option()).orElseThrow());
        }
        assertTrue(HashKind.of("md5").isEmpty());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
