// SPDX-License-Identifier: Apache-2.0
package io.culex.codec;

import io.culex.api.message.TopicName;
import io.netty.buffer.ByteBuf;

/**
 * The rules of UTF-8 strings [MQTT-1.5.4], checked in the buffer without making a String. As Mosquitto does, control
 * characters and noncharacters are refused too, as the specification allows. Eight ASCII characters are checked at once.
 */
final class Utf8 {
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = ONES << 7;
    private static final long SPACES = ONES * 0x20;
    /** '+' (0x2B) and '#' (0x23) differ in one bit only. */
    private static final long WITHOUT_THAT_BIT = ~(ONES * 0x08);

    private static final long HASHES = ONES * '#';

    private Utf8() {}

    /** What is wrong with a Topic Name. */
    enum TopicFault {
        NONE,
        NOT_UTF8,
        WILDCARD,
        TOO_DEEP
    }

    /** Whether the bytes are a string that MQTT allows. */
    static boolean isText(ByteBuf in, int from, int length) {
        return scan(in, from, length, true);
    }

    /** Whether the bytes are UTF-8, with any character [RFC 3629]. */
    static boolean isWellFormed(ByteBuf in, int from, int length) {
        return scan(in, from, length, false);
    }

    /** Checks a Topic Name, which may be empty. */
    static TopicFault topicFault(ByteBuf in, int from, int length) {
        return length <= TopicName.MAX_SEPARATORS && isPlainTopic(in, from, length)
                ? TopicFault.NONE
                : anyTopicFault(in, from, length);
    }

    /** Whether the bytes are printable ASCII without wildcards; the usual topic. */
    private static boolean isPlainTopic(ByteBuf in, int from, int length) {
        int end = from + length;
        if (length < 8) {
            for (int at = from; at < end; at++) {
                int c = in.getByte(at);
                if (c < 0x20 || c == 0x7F || c == '+' || c == '#') {
                    return false;
                }
            }
            return true;
        }
        for (int at = from; at < end - 8; at += 8) {
            long word = in.getLong(at);
            if ((notPrintable(word) | wildcards(word)) != 0) {
                return false;
            }
        }
        // The last eight bytes overlap those before them, which spares a loop over single bytes.
        long last = in.getLong(end - 8);
        return (notPrintable(last) | wildcards(last)) == 0;
    }

    /** Not 0 when any of eight bytes is not in 0x20 to 0x7E. */
    private static long notPrintable(long word) {
        return (word | (word + ONES) | (word - SPACES)) & HIGH_BITS;
    }

    /** Not 0 when any of eight ASCII bytes is '+' or '#'. */
    private static long wildcards(long word) {
        return (((word & WITHOUT_THAT_BIT) ^ HASHES) - ONES) & HIGH_BITS;
    }

    private static TopicFault anyTopicFault(ByteBuf in, int from, int length) {
        if (!isText(in, from, length)) {
            return TopicFault.NOT_UTF8;
        }
        int separators = 0;
        for (int at = from; at < from + length; at++) {
            int c = in.getByte(at);
            if (c == '+' || c == '#') {
                return TopicFault.WILDCARD;
            }
            separators += c == '/' ? 1 : 0;
        }
        return separators > TopicName.MAX_SEPARATORS ? TopicFault.TOO_DEEP : TopicFault.NONE;
    }

    private static boolean scan(ByteBuf in, int from, int length, boolean text) {
        int end = from + length;
        int at = from;
        while (at < end) {
            if (end - at >= 8 && notPrintable(in.getLong(at)) == 0) {
                at += 8;
                continue;
            }
            int lead = in.getByte(at);
            int size = lead >= 0 ? 1 : sequence(in, at, end, text);
            boolean control = lead >= 0 && (lead < 0x20 || lead == 0x7F);
            if (size == 0 || (text && control)) {
                return false;
            }
            at += size;
        }
        return true;
    }

    /** The length of the multi-byte sequence at an index; 0 when it is not one, or not allowed. */
    private static int sequence(ByteBuf in, int at, int end, boolean text) {
        int lead = in.getByte(at) & 0xFF;
        int size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
        if (lead < 0xC2 || lead > 0xF4 || end - at < size) {
            return 0;
        }
        int code = lead & (0x7F >> size);
        for (int i = 1; i < size; i++) {
            int next = in.getByte(at + i) & 0xFF;
            if ((next & 0xC0) != 0x80) {
                return 0;
            }
            code = code << 6 | (next & 0x3F);
        }
        return isCharacter(code, size) && !(text && isExcluded(code)) ? size : 0;
    }

    /** Not overlong, not a surrogate [MQTT-1.5.4-1], not beyond Unicode. */
    private static boolean isCharacter(int code, int size) {
        return switch (size) {
            case 2 -> code >= 0x80;
            case 3 -> code >= 0x800 && (code < 0xD800 || code > 0xDFFF);
            default -> code >= 0x1_0000 && code <= 0x10_FFFF;
        };
    }

    /** C1 control characters and noncharacters. */
    private static boolean isExcluded(int code) {
        return code <= 0x9F || (code >= 0xFDD0 && code <= 0xFDEF) || (code & 0xFFFE) == 0xFFFE;
    }
}
