// SPDX-License-Identifier: Apache-2.0
package io.culex.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/** Strings and binary data to bytes: two bytes of length, then the data [MQTT-1.5.4, MQTT-1.5.6]. */
final class Text {
    private static final int MAX_BYTES = 0xFFFF;

    private Text() {}

    /** The bytes that a string takes, with its length before it. */
    static int length(String text) {
        return 2 + ByteBufUtil.utf8Bytes(text);
    }

    static void write(ByteBuf out, String text) {
        int length = ByteBufUtil.utf8Bytes(text);
        if (length > MAX_BYTES) {
            throw new IllegalArgumentException("a string of " + length + " bytes does not fit in a packet");
        }
        out.writeShort(length);
        ByteBufUtil.reserveAndWriteUtf8(out, text, length);
    }

    static void write(ByteBuf out, byte[] data) {
        if (data.length > MAX_BYTES) {
            throw new IllegalArgumentException("data of " + data.length + " bytes does not fit in a packet");
        }
        out.writeShort(data.length);
        out.writeBytes(data);
    }
}
