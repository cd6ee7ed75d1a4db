// SPDX-License-Identifier: Apache-2.0
package io.culex.codec;

import io.culex.api.message.ReasonCode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a reader has decoded, and can write it again. */
class RecordingSink implements PacketSink {
    /** A packet that has only a reason; packetId 0 for DISCONNECT, AUTH and pings. */
    record Reasoned(PacketType type, int packetId, ReasonCode reason, Properties properties) {}

    /** A copy of a PUBLISH. */
    record Published(int firstByte, String topic, int packetId, Properties properties, byte[] payload) {}

    final List<Object> packets = new ArrayList<>();

    <T> T only(Class<T> type) {
        if (packets.size() != 1) {
            throw new AssertionError(packets.size() + " packets: " + packets);
        }
        return type.cast(packets.get(0));
    }

    /** Writes what has been read, as the given version. */
    ByteBuf rewritten(ProtocolVersion version) {
        ByteBuf out = Unpooled.buffer();
        for (Object packet : packets) {
            write(out, version, packet);
        }
        return out;
    }

    private static void write(ByteBuf out, ProtocolVersion version, Object packet) {
        if (packet instanceof Connect p) {
            PacketWriter.connect(out, p);
        } else if (packet instanceof Connack p) {
            PacketWriter.connack(out, version, p.sessionPresent(), p.code(), p.properties());
        } else if (packet instanceof Published p) {
            PacketWriter.publish(out, version, p.firstByte(), p.topic(), p.packetId(), p.properties(), p.payload());
        } else if (packet instanceof Subscribe p) {
            PacketWriter.subscribe(out, version, p);
        } else if (packet instanceof Suback p) {
            PacketWriter.suback(out, version, p.packetId(), p.codes(), p.properties());
        } else if (packet instanceof Unsubscribe p) {
            PacketWriter.unsubscribe(out, version, p);
        } else if (packet instanceof Unsuback p) {
            PacketWriter.unsuback(out, version, p.packetId(), p.codes(), p.properties());
        } else {
            write(out, version, (Reasoned) packet);
        }
    }

    private static void write(ByteBuf out, ProtocolVersion version, Reasoned p) {
        switch (p.type()) {
            case PINGREQ -> PacketWriter.pingreq(out);
            case PINGRESP -> PacketWriter.pingresp(out);
            case DISCONNECT -> PacketWriter.disconnect(out, version, p.reason(), p.properties());
            case AUTH -> PacketWriter.auth(out, p.reason(), p.properties());
            default -> PacketWriter.acknowledge(out, version, p.type(), p.packetId(), p.reason(), p.properties());
        }
    }

    @Override
    public void publish(PublishFrame frame) {
        packets.add(new Published(
                frame.firstByte, frame.topic(), frame.packetId(), frame.properties(), frame.payloadBytes()));
    }

    @Override
    public void acknowledge(PacketType type, int packetId, ReasonCode reason, Properties properties) {
        packets.add(new Reasoned(type, packetId, reason, properties));
    }

    @Override
    public void connect(Connect packet) {
        packets.add(packet);
    }

    @Override
    public void connack(Connack packet) {
        packets.add(packet);
    }

    @Override
    public void subscribe(Subscribe packet) {
        packets.add(packet);
    }

    @Override
    public void suback(Suback packet) {
        packets.add(packet);
    }

    @Override
    public void unsubscribe(Unsubscribe packet) {
        packets.add(packet);
    }

    @Override
    public void unsuback(Unsuback packet) {
        packets.add(packet);
    }

    @Override
    public void pingreq() {
        packets.add(new Reasoned(PacketType.PINGREQ, 0, ReasonCode.SUCCESS, Properties.NONE));
    }

    @Override
    public void pingresp() {
        packets.add(new Reasoned(PacketType.PINGRESP, 0, ReasonCode.SUCCESS, Properties.NONE));
    }

    @Override
    public void disconnect(ReasonCode reason, Properties properties) {
        packets.add(new Reasoned(PacketType.DISCONNECT, 0, reason, properties));
    }

    @Override
    public void auth(ReasonCode reason, Properties properties) {
        packets.add(new Reasoned(PacketType.AUTH, 0, reason, properties));
    }
}
