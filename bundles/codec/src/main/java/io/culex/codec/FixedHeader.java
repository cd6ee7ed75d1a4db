// SPDX-License-Identifier: Apache-2.0
package io.culex.codec;

import io.culex.api.message.ReasonCode;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The fixed header [MQTT-2.1.1] and what can be refused from it alone: a type that must not come now, reserved flags, a
 * length that the type cannot have. So nobody makes the broker gather bytes that it will refuse (CVE-2023-0809).
 */
final class FixedHeader {
    private static final int MAX_CONNECT = 100_000;
    private static final int MAX_SUBSCRIBE = 100_000;
    private static final int MAX_ACKNOWLEDGEMENT = 10_000;

    private final PacketReader.Side side;
    private int maxPacketBytes;
    private @Nullable ProtocolVersion version;
    private boolean open;

    private int first;
    private int bytes;
    private int remaining;

    FixedHeader(PacketReader.Side side, int maxPacketBytes) {
        this.side = side;
        this.maxPacketBytes = maxPacketBytes;
    }

    void maxPacketBytes(int limit) {
        maxPacketBytes = limit;
    }

    @Nullable
    ProtocolVersion version() {
        return version;
    }

    void version(ProtocolVersion known) {
        version = known;
    }

    boolean isV5() {
        return version == ProtocolVersion.MQTT_5;
    }

    /** CONNECT or CONNACK has been decoded: now the other packets may come. */
    void open() {
        open = true;
    }

    /** The first byte. */
    int first() {
        return first;
    }

    /** The length of the header itself: 2 to 5. */
    int bytes() {
        return bytes;
    }

    int remaining() {
        return remaining;
    }

    /** Whether the Remaining Length is written in more bytes than it needs. */
    boolean isPadded() {
        return bytes > 1 + PacketWriter.varintLength(remaining);
    }

    /** Reads the header at the reader index and checks it; returns the length of the whole packet, -1: more needed. */
    int read(ByteBuf in) throws MalformedPacketException {
        int readable = in.readableBytes();
        if (readable == 0) {
            return -1;
        }
        int at = in.readerIndex();
        first = in.getByte(at) & 0xFF;
        checkType();
        if (readable == 1) {
            return -1;
        }
        remaining = in.getByte(at + 1);
        bytes = 2;
        if (remaining < 0 && !readLongLength(in, at, readable)) {
            return -1;
        }
        checkLength();
        return bytes + remaining;
    }

    private boolean readLongLength(ByteBuf in, int at, int readable) throws MalformedPacketException {
        int value = remaining & 0x7F;
        for (int i = 2; i < 5; i++) {
            if (i >= readable) {
                return false;
            }
            int next = in.getByte(at + i);
            value |= (next & 0x7F) << 7 * (i - 1);
            if (next >= 0) {
                remaining = value;
                bytes = i + 1;
                return true;
            }
        }
        throw MalformedPacketException.malformed(type(), "remaining length has more than four bytes");
    }

    PacketType type() {
        return PacketType.of(first >> 4);
    }

    private void checkType() throws MalformedPacketException {
        if (first >> 4 == PacketType.PUBLISH.code() && open) {
            checkPublishFlags();
            return;
        }
        if (first >> 4 == 0) {
            throw new MalformedPacketException(ReasonCode.MALFORMED_PACKET, "packet type 0 is reserved");
        }
        PacketType type = type();
        checkOrder(type);
        // MQTT 3.1 lets senders set DUP and leaves the other bits unused.
        if ((first & 0x0F) != type.flags() && version != ProtocolVersion.MQTT_3_1) {
            throw MalformedPacketException.malformed(type, "reserved flags");
        }
    }

    private void checkPublishFlags() throws MalformedPacketException {
        if ((first & 0x06) == 0x06) {
            throw MalformedPacketException.malformed(PacketType.PUBLISH, "QoS 3");
        }
        if ((first & 0x0E) == 0x08) {
            throw MalformedPacketException.malformed(PacketType.PUBLISH, "DUP at QoS 0");
        }
    }

    private void checkOrder(PacketType type) throws MalformedPacketException {
        if (!side.mayGet(type)) {
            throw MalformedPacketException.protocolError(type, "not for the " + side.text());
        }
        boolean opens = type == side.opening();
        boolean duringOpening = type == PacketType.AUTH && side == PacketReader.Side.CLIENT;
        if (!open && !opens && !duringOpening) {
            throw MalformedPacketException.protocolError(type, "before " + side.opening());
        }
        if (open && opens) {
            throw MalformedPacketException.protocolError(type, "a second one");
        }
        boolean onlyV5 = type == PacketType.AUTH || (type == PacketType.DISCONNECT && side == PacketReader.Side.CLIENT);
        if (onlyV5 && !isV5()) {
            throw MalformedPacketException.protocolError(type, "before MQTT 5");
        }
    }

    private void checkLength() throws MalformedPacketException {
        if (bytes + remaining > maxPacketBytes) {
            throw tooLarge(maxPacketBytes);
        }
        if (first >> 4 == PacketType.PUBLISH.code()) {
            return;
        }
        switch (type()) {
            case CONNECT, AUTH -> most(MAX_CONNECT);
            case SUBSCRIBE, UNSUBSCRIBE -> most(isV5() ? MAX_SUBSCRIBE : maxPacketBytes);
            case PINGREQ, PINGRESP -> exactly(0);
            case DISCONNECT -> between(0, isV5() ? MAX_ACKNOWLEDGEMENT : 0);
            case PUBACK, PUBREC, PUBREL, PUBCOMP, UNSUBACK -> between(2, isV5() ? MAX_ACKNOWLEDGEMENT : 2);
            default -> most(maxPacketBytes);
        }
    }

    private void between(int least, int most) throws MalformedPacketException {
        if (least == most || remaining < least) {
            exactly(least);
        }
        most(most);
    }

    private void exactly(int length) throws MalformedPacketException {
        if (remaining != length) {
            throw MalformedPacketException.malformed(type(), "remaining length " + remaining);
        }
    }

    private void most(int limit) throws MalformedPacketException {
        if (remaining > limit) {
            throw tooLarge(limit);
        }
    }

    private MalformedPacketException tooLarge(int limit) {
        return new MalformedPacketException(
                ReasonCode.PACKET_TOO_LARGE,
                type() + ": remaining length " + remaining + ", at most " + limit + " bytes are allowed");
    }
}
