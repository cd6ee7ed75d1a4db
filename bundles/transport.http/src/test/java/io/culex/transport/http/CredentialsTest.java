// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.culex.api.message.Payload;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {
    private static Optional<Credentials> basic(byte[] words) {
        return Credentials.of("Basic " + Base64.getEncoder().encodeToString(words));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bo\0b:x", "bob\n:x", "b\u0085b:x", "\u007f:x"})
    void aUserNameWithAControlCharacterIsNone(String words) {
        assertEquals(Optional.empty(), basic(words.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void whatIsNoTextIsNoUserName() {
        assertEquals(Optional.empty(), basic(new byte[] {'b', (byte) 0xFF, ':', 'x'}));
        assertEquals(
                "bób",
                basic("bób:x".getBytes(StandardCharsets.UTF_8)).orElseThrow().username());
    }

    @Test
    void aPasswordIsTheBytesThatWereSent() {
        byte[] words = {'b', ':', (byte) 0xFF, 0, ':', (byte) 0xE9};
        Payload password = basic(words).orElseThrow().password();
        assertNotNull(password);
        assertArrayEquals(new byte[] {(byte) 0xFF, 0, ':', (byte) 0xE9}, password.toBytes());
    }
}
