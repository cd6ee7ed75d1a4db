// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.net;

import io.culex.api.message.ReasonCode;
import io.culex.codec.Connect;
import io.culex.codec.PacketType;
import io.culex.codec.PacketWriter;
import io.culex.codec.Properties;
import io.culex.codec.ProtocolVersion;
import io.culex.codec.Subscribe;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;

/** Writes packets; blocks on the connection, and throws UncheckedIOException when that has failed. Any thread. */
final class Outgoing {
    private final OutputStream out;
    private final ProtocolVersion version;
    private final Consumer<String> debug;
    private int lastPacketId;

    Outgoing(OutputStream out, ProtocolVersion version, Consumer<String> debug) {
        this.out = out;
        this.version = version;
        this.debug = debug;
    }

    private interface Packet {
        void write(ByteBuf buffer);
    }

    void connect(Connect packet) {
        send("CONNECT", buffer -> PacketWriter.connect(buffer, packet));
    }

    /** Returns its Packet Identifier. */
    int subscribe(String filter, int qos) {
        int packetId = nextPacketId();
        Subscribe packet = new Subscribe(packetId, List.of(Subscribe.Entry.of(filter, qos)), Properties.NONE);
        send("SUBSCRIBE (" + filter + ")", buffer -> PacketWriter.subscribe(buffer, version, packet));
        return packetId;
    }

    /** Returns its Packet Identifier, 0 at QoS 0. */
    int publish(String topic, int qos, Properties properties, byte[] payload) {
        int packetId = qos == 0 ? 0 : nextPacketId();
        int first = PacketWriter.firstByte(qos, false, false);
        send(
                "PUBLISH (q" + qos + ", '" + topic + "', " + payload.length + " bytes)",
                buffer -> PacketWriter.publish(buffer, version, first, topic, packetId, properties, payload));
        return packetId;
    }

    void acknowledge(PacketType type, int packetId) {
        send(type.toString(), buffer -> PacketWriter.acknowledge(buffer, type, packetId));
    }

    void ping() {
        send("PINGREQ", PacketWriter::pingreq);
    }

    void disconnect() {
        send("DISCONNECT", buffer -> PacketWriter.disconnect(buffer, version, ReasonCode.SUCCESS, Properties.NONE));
    }

    private synchronized int nextPacketId() {
        lastPacketId = lastPacketId == 0xffff ? 1 : lastPacketId + 1;
        return lastPacketId;
    }

    private synchronized void send(String name, Packet packet) {
        debug.accept("Sending " + name);
        ByteBuf buffer = Unpooled.buffer();
        try {
            packet.write(buffer);
            out.write(buffer.array(), buffer.arrayOffset() + buffer.readerIndex(), buffer.readableBytes());
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            buffer.release();
        }
    }
}
