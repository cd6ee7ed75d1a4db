// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketLinkTest {
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final WebSocketOutput out = new WebSocketOutput(sent, new SecureRandom());

    private InputStream input(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        return new WebSocketInput(new DataInputStream(new ByteArrayInputStream(bytes)), out);
    }

    /** The frames that were sent, unmasked: first byte, then payload. */
    private String sentFrame() throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(sent.toByteArray()));
        int first = in.readUnsignedByte();
        int length = in.readUnsignedByte();
        assertTrue(length >= 0x80, "masked");
        length &= 0x7f;
        long size = length == 126 ? in.readUnsignedShort() : length == 127 ? in.readLong() : length;
        byte[] mask = in.readNBytes(4);
        byte[] payload = in.readNBytes((int) size);
        assertEquals(size, payload.length);
        assertEquals(-1, in.read());
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i & 3];
        }
        return HexFormat.of().toHexDigits((byte) first)
                + " "
                + (payload.length > 200 ? payload.length : HexFormat.of().formatHex(payload));
    }

    @Test
    void joinsFramesToOneStream() throws IOException {
        InputStream in = input("02 02 0102 89 00 00 00 80 01 03 82 01 04");
        assertArrayEquals(new byte[] {1, 2, 3, 4}, in.readAllBytes());
        assertEquals("8a ", sentFrame(), "the ping was answered");
    }

    @Test
    void takesLongFrames() throws IOException {
        String payload = "ab".repeat(70_000);
        assertEquals(300, input("82 7e 012c" + payload.substring(0, 600)).readAllBytes().length);
        assertEquals(70_000, input("82 7f 0000000000011170" + payload).readAllBytes().length);
    }

    @Test
    void endsWithTheGoodbyeOfTheServer() throws IOException {
        assertArrayEquals(new byte[] {1}, input("82 01 01 88 02 03e8 82 01 02").readAllBytes());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"c2 01 01", "82 81 00000000 01", "81 01 41", "8b 00", "89 7e 0100", "82 7f ffffffffffffffff"})
    void refusesWhatTheRulesForbid(String frame) {
        assertThrows(IOException.class, () -> input(frame).readAllBytes());
    }

    @Test
    void aFrameThatEndsTooEarlyIsNoEnd() {
        assertThrows(IOException.class, () -> input("82 05 0102").readAllBytes());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 125, 126, 65_535, 65_536})
    void masksWhatItSends(int size) throws IOException {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) 7);
        out.write(bytes);
        assertEquals("82 " + (size > 200 ? size : "07".repeat(size)), sentFrame());
    }

    @Test
    void sendsSingleBytesAndSaysGoodbye() throws IOException {
        out.write(5);
        assertEquals("82 05", sentFrame());
        sent.reset();
        out.goodbye();
        assertEquals("88 03e8", sentFrame());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 404 Not Found\r\n\r\n",
                "HTTP/1.1 101 Switching\r\nSec-WebSocket-Accept: wrong\r\n\r\n",
                "HTTP/1.1 101",
                "\r\n\r\n"
            })
    void refusesAServerOfAnotherKind(String answer) {
        Link plain = new Link(new ByteArrayInputStream(answer.getBytes(StandardCharsets.ISO_8859_1)), sent, sent);
        assertThrows(IOException.class, () -> WebSocketLink.over(plain, "there:80", "/mqtt"));
        assertTrue(sent.toString(StandardCharsets.ISO_8859_1).startsWith("GET /mqtt HTTP/1.1\r\nHost: there:80\r\n"));
    }
}
