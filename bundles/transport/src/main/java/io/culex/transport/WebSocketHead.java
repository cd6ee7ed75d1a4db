// SPDX-License-Identifier: Apache-2.0
package io.culex.transport;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

/** The head of a WebSocket frame as it comes in, byte by byte if need be; used again for each frame. */
final class WebSocketHead {
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private static final int LONGEST = 14;

    private final ByteBuffer bytes = ByteBuffer.allocate(LONGEST);
    private int mask;
    private boolean complete;

    /** Takes bytes of a head; true when it is whole. */
    boolean read(ByteBuf in) {
        if (complete) {
            complete = false;
            bytes.clear();
        }
        while (in.isReadable() && bytes.position() < size()) {
            bytes.put(in.readByte());
        }
        complete = bytes.position() >= 2 && bytes.position() == size();
        if (complete && isMasked()) {
            mask = bytes.getInt(bytes.position() - 4);
        }
        return complete;
    }

    /** How long it is, as far as is known. */
    private int size() {
        if (bytes.position() < 2) {
            return 2;
        }
        return 2 + lengthBytes() + (isMasked() ? 4 : 0);
    }

    private int lengthBytes() {
        return switch (bytes.get(1) & 0x7f) {
            case 126 -> 2;
            case 127 -> 8;
            default -> 0;
        };
    }

    boolean isFinal() {
        return (bytes.get(0) & 0x80) != 0;
    }

    int reserved() {
        return bytes.get(0) & 0x70;
    }

    int opcode() {
        return bytes.get(0) & 0x0f;
    }

    boolean isControl() {
        return opcode() >= CLOSE;
    }

    boolean isMasked() {
        return (bytes.get(1) & 0x80) != 0;
    }

    /** Of the payload; below 0 when its first bit is set. */
    long length() {
        return switch (lengthBytes()) {
            case 2 -> bytes.getShort(2) & 0xffff;
            case 8 -> bytes.getLong(2);
            default -> bytes.get(1) & 0x7f;
        };
    }

    /** Takes the mask off a part of the payload. */
    void unmask(ByteBuf part, long position) {
        int turned = Integer.rotateLeft(mask, (int) (position & 3) * 8);
        int at = part.readerIndex();
        int end = part.writerIndex();
        for (; end - at >= 4; at += 4) {
            part.setInt(at, part.getInt(at) ^ turned);
        }
        for (int shift = 24; at < end; at++, shift -= 8) {
            part.setByte(at, part.getByte(at) ^ turned >>> shift);
        }
    }
}
