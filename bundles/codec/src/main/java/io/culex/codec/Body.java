// SPDX-License-Identifier: Apache-2.0
package io.culex.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/**
 * A cursor over the bytes of one packet behind its fixed header. No method reads beyond the packet's end, whatever lies
 * behind it in the buffer; each takes the name of what it reads for the message of the exception.
 */
final class Body {
    private static final byte[] NOTHING = new byte[0];

    private ByteBuf in = Unpooled.EMPTY_BUFFER;
    private PacketType type = PacketType.PUBLISH;
    private int at;
    private int end;

    void open(ByteBuf buffer, PacketType packet, int from, int to) {
        in = buffer;
        type = packet;
        at = from;
        end = to;
    }

    /** Lets go of the buffer. */
    void close() {
        in = Unpooled.EMPTY_BUFFER;
    }

    ByteBuf buffer() {
        return in;
    }

    PacketType type() {
        return type;
    }

    int at() {
        return at;
    }

    int left() {
        return end - at;
    }

    boolean hasMore() {
        return at < end;
    }

    /** Makes the next {@code length} bytes the end; returns the former end for {@link #widen}. */
    int narrow(int length, String what) throws MalformedPacketException {
        need(length, what);
        int former = end;
        end = at + length;
        return former;
    }

    void widen(int former) {
        end = former;
    }

    /** Nothing may follow. */
    void finish() throws MalformedPacketException {
        if (at != end) {
            throw malformed(left() + " bytes too many");
        }
    }

    int uint8(String what) throws MalformedPacketException {
        need(1, what);
        return in.getByte(at++) & 0xFF;
    }

    int uint16(String what) throws MalformedPacketException {
        need(2, what);
        int value = in.getUnsignedShort(at);
        at += 2;
        return value;
    }

    long uint32(String what) throws MalformedPacketException {
        need(4, what);
        long value = in.getUnsignedInt(at);
        at += 4;
        return value;
    }

    int varint(String what) throws MalformedPacketException {
        int value = 0;
        for (int shift = 0; shift < 28; shift += 7) {
            int next = uint8(what);
            value |= (next & 0x7F) << shift;
            if (next < 0x80) {
                if (next == 0 && shift > 0) {
                    throw malformed(what + " takes more bytes than it needs");
                }
                return value;
            }
        }
        throw malformed(what + " has more than four bytes");
    }

    /** A Packet Identifier, which is never 0 [MQTT-2.2.1-3]. */
    int packetId() throws MalformedPacketException {
        int packetId = uint16("packet identifier");
        if (packetId == 0) {
            throw protocolError("packet identifier 0");
        }
        return packetId;
    }

    String text(String what) throws MalformedPacketException {
        int length = skipText(what);
        return length == 0 ? "" : new String(copy(at - length, length), StandardCharsets.UTF_8);
    }

    byte[] binary(String what) throws MalformedPacketException {
        int length = skipBinary(what);
        return copy(at - length, length);
    }

    /** Checks a string and returns its length; it ends at {@link #at}. */
    int skipText(String what) throws MalformedPacketException {
        int length = skipBinary(what);
        if (!Utf8.isText(in, at - length, length)) {
            throw malformed(what + " is not valid UTF-8");
        }
        return length;
    }

    /** Checks the length of binary data or a string, and returns it. */
    int skipBinary(String what) throws MalformedPacketException {
        int length = uint16(what);
        need(length, what);
        at += length;
        return length;
    }

    /** All that is left. */
    byte[] rest() {
        byte[] bytes = copy(at, left());
        at = end;
        return bytes;
    }

    private byte[] copy(int from, int length) {
        if (length == 0) {
            return NOTHING;
        }
        byte[] bytes = new byte[length];
        in.getBytes(from, bytes);
        return bytes;
    }

    private void need(int length, String what) throws MalformedPacketException {
        if (length > end - at) {
            throw malformed(what + " is cut off");
        }
    }

    MalformedPacketException malformed(String problem) {
        return MalformedPacketException.malformed(type, problem);
    }

    MalformedPacketException protocolError(String problem) {
        return MalformedPacketException.protocolError(type, problem);
    }
}
