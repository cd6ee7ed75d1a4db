// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.print;

import io.culex.api.message.Payload;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Payloads for a person: text when they are text, else hexadecimal digits. */
public final class Bytes {
    private Bytes() {}

    /** As it is: for JSON, which has signs of its own for what would move a cursor. */
    public static String exact(Payload payload) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(payload.asBuffer())
                    .toString();
        } catch (CharacterCodingException e) {
            return "0x" + HexFormat.of().formatHex(payload.toBytes());
        }
    }

    /** On one line; what would move the cursor of a terminal or turn the line is shown as a question mark. */
    public static String text(Payload payload) {
        return Visible.of(exact(payload).replaceAll("[\\r\\n\\t]+", " "));
    }
}
