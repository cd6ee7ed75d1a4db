// SPDX-License-Identifier: Apache-2.0
package io.culex.security.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PskKeysTest {
    private final Path file;

    PskKeysTest(@TempDir Path folder) {
        this.file = folder.resolve("keys");
    }

    private byte[] key(String text) throws Exception {
        Files.writeString(file, "device:" + text + "\n");
        byte[] key = PskKeys.load(file).key("device".getBytes(StandardCharsets.UTF_8));
        return key == null ? new byte[0] : key;
    }

    /** Debian's mosquitto and mosquitto_pub come together with such keys. */
    @Test
    void anOddNumberOfDigitsIsAKeyAsInMosquitto() throws Exception {
        assertArrayEquals(new byte[] {0x0a, (byte) 0xbc}, key("abc"));
        assertArrayEquals(new byte[] {0, 0x0a, (byte) 0xbc}, key("00ABC"));
        assertArrayEquals(new byte[] {0, (byte) 0xab}, key("00ab"));
        ClientPskTls.of("device", "abc", null, List.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "xyz", "ab cd", "0xab"})
    void whatIsNotHexadecimalIsNoKey(String text) {
        assertThrows(TlsFileException.class, () -> key(text));
        assertThrows(TlsFileException.class, () -> ClientPskTls.of("device", text, null, List.of()));
    }
}
