// SPDX-License-Identifier: Apache-2.0
package io.culex.codec;

import io.netty.buffer.ByteBuf;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the packets of one connection. What can be refused from the fixed header (a type that must not come now, a length
 * that the type cannot have) is refused before the rest is there. Thread: one at a time, the connection's. Keeps no buffer.
 */
public final class PacketReader {
    /** How many User Properties a packet may have unless {@link #maxUserProperties} says otherwise. */
    public static final int MAX_USER_PROPERTIES = 1_000;

    private final FixedHeader header;
    private final Body body = new Body();
    private final PropertiesDecoder properties = new PropertiesDecoder();
    private final PublishDecoder publish;
    private final ReasonDecoder reasons;
    private final ConnectDecoder connects = new ConnectDecoder(properties);
    private final SubscribeDecoder subscribes = new SubscribeDecoder(properties);
    private final ReplyDecoder replies = new ReplyDecoder(properties);
    private final Side side;

    /** Which end of the connection reads, and so which packets may come. */
    public enum Side {
        /** Reads what clients send. */
        SERVER(
                PacketType.CONNECT,
                EnumSet.of(PacketType.CONNECT, PacketType.SUBSCRIBE, PacketType.UNSUBSCRIBE, PacketType.PINGREQ)),
        /** Reads what a server sends. */
        CLIENT(
                PacketType.CONNACK,
                EnumSet.of(PacketType.CONNACK, PacketType.SUBACK, PacketType.UNSUBACK, PacketType.PINGRESP));

        private static final Set<PacketType> BOTH = EnumSet.of(
                PacketType.PUBLISH,
                PacketType.PUBACK,
                PacketType.PUBREC,
                PacketType.PUBREL,
                PacketType.PUBCOMP,
                PacketType.DISCONNECT,
                PacketType.AUTH);

        private final PacketType opening;
        private final Set<PacketType> own;

        Side(PacketType opening, Set<PacketType> own) {
            this.opening = opening;
            this.own = own;
        }

        /** The packet that must come first, and only once. */
        PacketType opening() {
            return opening;
        }

        boolean mayGet(PacketType type) {
            return own.contains(type) || BOTH.contains(type);
        }

        String text() {
            return this == SERVER ? "server" : "client";
        }
    }

    /**
     * A reader for a connection on which nothing has been read.
     *
     * @param maxPacketBytes the largest packet accepted, fixed header included
     */
    public PacketReader(Side side, int maxPacketBytes) {
        this.side = side;
        header = new FixedHeader(side, maxPacketBytes);
        publish = new PublishDecoder(side);
        reasons = new ReasonDecoder(properties, side);
    }

    /**
     * Decodes the next packet and hands it to the sink. The reader index stands behind the packet already when the sink is
     * called; what the sink throws goes to the caller.
     *
     * @return false when the packet is not whole yet; the reader index then is where it was
     * @throws MalformedPacketException when the connection has to be closed; the position of the reader index is then
     *     undefined, and the reader must not be used again
     * @throws IllegalStateException when a client has not named its version
     */
    public boolean read(ByteBuf in, PacketSink sink) throws MalformedPacketException {
        int length = frameBytes(in);
        if (length < 0 || in.readableBytes() < length) {
            return false;
        }
        int from = in.readerIndex();
        in.readerIndex(from + length);
        PacketType type = header.type();
        body.open(in, type, from + header.bytes(), from + length);
        if (header.isPadded() && header.isV5()) {
            throw padded();
        }
        decode(type, sink);
        body.close();
        return true;
    }

    private void decode(PacketType type, PacketSink sink) throws MalformedPacketException {
        boolean v5 = header.isV5();
        switch (type) {
            case PUBLISH -> publish(sink);
            case PUBACK, PUBREC, PUBREL, PUBCOMP -> reasons.acknowledge(body, type, sink);
            case PINGREQ -> sink.pingreq();
            case PINGRESP -> sink.pingresp();
            case SUBSCRIBE -> sink.subscribe(subscribes.subscribe(body, v5));
            case UNSUBSCRIBE -> sink.unsubscribe(subscribes.unsubscribe(body, v5));
            case CONNECT -> connect(sink);
            case CONNACK -> connack(sink);
            case SUBACK -> sink.suback(replies.suback(body, v5));
            case UNSUBACK -> sink.unsuback(replies.unsuback(body, v5));
            case DISCONNECT -> reasons.disconnect(body, sink);
            case AUTH -> reasons.auth(body, sink);
        }
    }

    private void publish(PacketSink sink) throws MalformedPacketException {
        sink.publish(publish.decode(body, header));
        publish.close();
    }

    private void connect(PacketSink sink) throws MalformedPacketException {
        Connect connect = connects.decode(body);
        if (header.isPadded() && connect.version().isV5()) {
            throw ConnectDecoder.answered(padded());
        }
        header.version(connect.version());
        header.open();
        sink.connect(connect);
    }

    private void connack(PacketSink sink) throws MalformedPacketException {
        Connack connack = replies.connack(body, Objects.requireNonNull(header.version()));
        header.open();
        sink.connack(connack);
    }

    /** Only MQTT 5 wants the shortest form [MQTT-1.5.5-1]. */
    private MalformedPacketException padded() {
        return body.malformed("remaining length takes more bytes than it needs");
    }

    /**
     * The length of the packet at the reader index, so that the caller can size its cumulation; changes nothing.
     *
     * @return bytes with the fixed header, which need not be there yet; -1 when the fixed header itself is not whole
     * @throws MalformedPacketException when the header alone shows that the packet has to be refused
     */
    public int frameBytes(ByteBuf in) throws MalformedPacketException {
        if (side == Side.CLIENT && header.version() == null) {
            throw new IllegalStateException("a client's reader needs its version first");
        }
        return header.read(in);
    }

    /** Sets the version. A server's reader learns it from CONNECT; for a client the caller says it before the first read. */
    public void version(ProtocolVersion version) {
        header.version(version);
    }

    /** The version of the connection; null as long as a server's reader has not decoded a CONNECT. */
    public @Nullable ProtocolVersion version() {
        return header.version();
    }

    /** Sets the largest packet accepted from now on, in bytes with the fixed header. */
    public void maxPacketBytes(int limit) {
        header.maxPacketBytes(limit);
    }

    /** Sets how many User Properties one packet may have from now on (CVE-2021-41039). */
    public void maxUserProperties(int limit) {
        properties.maxUserProperties(limit);
        publish.maxUserProperties(limit);
    }
}
