// SPDX-License-Identifier: Apache-2.0
package io.culex.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.message.TopicName;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Compared with the decoder of the JDK and with the rules on characters as the specification words them. */
class Utf8Test {
    private static @Nullable String decoded(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return null;
        }
    }

    private static boolean allowed(int code) {
        return !Character.isISOControl(code)
                && !(code >= 0xFDD0 && code <= 0xFDEF)
                && (code & 0xFFFF) != 0xFFFE
                && (code & 0xFFFF) != 0xFFFF;
    }

    private static void compare(byte[] bytes) {
        // Offsets other than 0, and bytes behind the end that would be wrong.
        ByteBuf in = Unpooled.buffer().writeByte(0xFF).writeBytes(bytes).writeByte(0x00);
        String text = decoded(bytes);
        boolean isText = text != null && text.codePoints().allMatch(Utf8Test::allowed);
        Supplier<String> hex = () -> Wire.hex(Unpooled.wrappedBuffer(bytes));
        assertEquals(text != null, Utf8.isWellFormed(in, 1, bytes.length), hex);
        assertEquals(isText, Utf8.isText(in, 1, bytes.length), hex);
        boolean topic = text != null && isText && (text.isEmpty() || TopicName.isValid(text));
        assertEquals(topic, Utf8.topicFault(in, 1, bytes.length) == Utf8.TopicFault.NONE, hex);
    }

    @Test
    void judgesEveryCodePointAtEveryAlignment() {
        for (int code = 0; code <= 0x10_FFFF; code++) {
            if (code < 0xD800 || code > 0xDFFF) {
                String before = "abcdefgh".substring(0, code % 9);
                compare((before + Character.toString(code) + "tail").getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    @Test
    void judgesEveryByteInEveryPlace() {
        for (int length = 1; length <= 20; length++) {
            for (int place = 0; place < length; place++) {
                for (int value = 0; value < 256; value++) {
                    byte[] bytes = "aaaaaaaaaaaaaaaaaaaa".substring(0, length).getBytes(StandardCharsets.US_ASCII);
                    bytes[place] = (byte) value;
                    compare(bytes);
                }
            }
        }
    }

    @Test
    void judgesEverySequenceOfTwoBytesAndManyOfFour() {
        for (int pair = 0; pair < 0x1_0000; pair++) {
            compare(new byte[] {(byte) (pair >> 8), (byte) pair});
        }
        Random random = new Random(42);
        for (int i = 0; i < 200_000; i++) {
            int lead = 0xE0 | random.nextInt(32);
            int middle = random.nextInt(256);
            int last = 0x70 + random.nextInt(0x60);
            compare(new byte[] {(byte) lead, (byte) middle, (byte) last, (byte) (0x80 | random.nextInt(64))});
        }
    }

    @Test
    void findsWildcardsInLongTopics() {
        for (String wildcard : new String[] {"+", "#"}) {
            for (int place = 0; place < 40; place++) {
                String topic = "t".repeat(place) + wildcard + "t".repeat(39 - place);
                ByteBuf in = Unpooled.copiedBuffer(topic, StandardCharsets.UTF_8);
                assertEquals(Utf8.TopicFault.WILDCARD, Utf8.topicFault(in, 0, 40));
                assertTrue(Utf8.isText(in, 0, 40));
            }
        }
        ByteBuf deep = Unpooled.copiedBuffer("/".repeat(201), StandardCharsets.UTF_8);
        assertEquals(Utf8.TopicFault.TOO_DEEP, Utf8.topicFault(deep, 0, 201));
        assertEquals(Utf8.TopicFault.NONE, Utf8.topicFault(deep, 0, 200));
        assertFalse(Utf8.isText(Unpooled.wrappedBuffer(new byte[] {(byte) 0xEF, (byte) 0xBF}), 0, 2));
    }
}
