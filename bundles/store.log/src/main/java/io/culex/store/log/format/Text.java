// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.format;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Texts in records: length (u32; all ones for none) and UTF-8. Without an object where a text is ASCII. */
final class Text {
    private static final int PREFIX = 4;
    private static final int NONE = -1;

    private Text() {}

    static int size(@Nullable String text) {
        if (text == null) {
            return PREFIX;
        }
        return PREFIX + (isAscii(text) ? text.length() : utf8(text).length);
    }

    static void put(Cursor cursor, @Nullable String text) {
        if (text == null) {
            cursor.u32(NONE);
        } else if (isAscii(text)) {
            cursor.u32(text.length());
            for (int i = 0; i < text.length(); i++) {
                cursor.u8(text.charAt(i));
            }
        } else {
            byte[] utf8 = utf8(text);
            cursor.u32(utf8.length).bytes(utf8);
        }
    }

    static @Nullable String optional(Cursor cursor) {
        int length = cursor.u32();
        return length == NONE ? null : new String(cursor.bytes(length), StandardCharsets.UTF_8);
    }

    static String required(Cursor cursor) {
        String text = optional(cursor);
        if (text == null) {
            throw new IllegalStateException("a text is missing");
        }
        return text;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}
