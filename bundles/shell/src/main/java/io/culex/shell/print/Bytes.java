// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.print;

import io.culex.api.message.Payload;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Payloads for a person: text when they are text, else hexadecimal digits. */
public final class Bytes {
    private Bytes() {}

    /** On one line; what would move the cursor of a terminal is shown as a question mark. */
    public static String text(Payload payload) {
        ByteBuffer bytes = payload.asBuffer();
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
            return text.replaceAll("[\\p{Cc}&&[^\\n\\t\\r]]", "?").replaceAll("[\\r\\n\\t]+", " ");
        } catch (CharacterCodingException e) {
            return "0x" + HexFormat.of().formatHex(payload.toBytes());
        }
    }
}
