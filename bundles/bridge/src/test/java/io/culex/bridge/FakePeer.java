// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge;

import io.culex.api.message.ReasonCode;
import io.culex.codec.Connack;
import io.culex.codec.Connect;
import io.culex.codec.MalformedPacketException;
import io.culex.codec.PacketReader;
import io.culex.codec.PacketSink;
import io.culex.codec.PacketType;
import io.culex.codec.PacketWriter;
import io.culex.codec.Properties;
import io.culex.codec.ProtocolVersion;
import io.culex.codec.PublishFrame;
import io.culex.codec.Suback;
import io.culex.codec.Subscribe;
import io.culex.codec.Unsuback;
import io.culex.codec.Unsubscribe;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The other broker on one connection: what it gets, as texts, and what it sends. */
final class FakePeer implements PacketSink {
    private final ByteBuf sent = Unpooled.buffer();
    private final EmbeddedChannel channel;
    private final PacketReader reader = new PacketReader(PacketReader.Side.SERVER, 1_000_000);
    private final List<String> got = new ArrayList<>();
    private @Nullable Connect connect;

    FakePeer(ChannelHandler handler) {
        channel = new EmbeddedChannel(handler) {
            @Override
            protected void handleOutboundMessage(Object message) {
                // At once: what a test does not look at must not be a buffer that nobody releases.
                ByteBuf out = (ByteBuf) message;
                sent.writeBytes(out);
                out.release();
            }
        };
    }

    Channel channel() {
        return channel;
    }

    /** What has come since the last call. */
    List<String> got() {
        channel.runPendingTasks();
        try {
            while (sent.isReadable() && reader.read(sent, this)) {
                // The sink has noted it.
            }
        } catch (MalformedPacketException e) {
            throw new AssertionError(e);
        }
        List<String> since = List.copyOf(got);
        got.clear();
        return since;
    }

    Connect connectPacket() {
        got();
        return Objects.requireNonNull(connect, "no CONNECT came");
    }

    ProtocolVersion version() {
        return connectPacket().version();
    }

    boolean isOpen() {
        channel.runPendingTasks();
        return channel.isOpen();
    }

    void send(Consumer<ByteBuf> packet) {
        ByteBuf out = Unpooled.buffer();
        packet.accept(out);
        channel.writeInbound(out);
        channel.runPendingTasks();
    }

    void accept(boolean sessionPresent) {
        answer(sessionPresent, 0, Properties.NONE);
    }

    void answer(boolean sessionPresent, int code, Properties properties) {
        ProtocolVersion version = version();
        send(out -> PacketWriter.connack(out, version, sessionPresent, code, properties));
    }

    void publish(String topic, String text, int qos, int packetId, Properties properties) {
        send(out -> PacketWriter.publish(
                out,
                version(),
                PacketWriter.firstByte(qos, false, false),
                topic,
                packetId,
                properties,
                text.getBytes(StandardCharsets.UTF_8)));
    }

    /** A PUBLISH of QoS 2 that was sent before. */
    static Consumer<ByteBuf> again(String topic, String text, int packetId) {
        return out -> PacketWriter.publish(
                out,
                ProtocolVersion.MQTT_3_1_1,
                PacketWriter.firstByte(2, true, false),
                topic,
                packetId,
                Properties.NONE,
                text.getBytes(StandardCharsets.UTF_8));
    }

    void acknowledge(PacketType type, int packetId) {
        send(out -> PacketWriter.acknowledge(out, type, packetId));
    }

    void refuse(PacketType type, int packetId, ReasonCode reason) {
        send(out -> PacketWriter.acknowledge(out, version(), type, packetId, reason, Properties.NONE));
    }

    void close() {
        channel.close();
        channel.runPendingTasks();
    }

    @Override
    public void connect(Connect packet) {
        connect = packet;
        got.add("CONNECT " + packet.version().level() + (packet.bridge() ? " bridge" : "") + " " + packet.clientId());
    }

    @Override
    public void publish(PublishFrame frame) {
        got.add("PUBLISH " + frame.topic() + (frame.topicAlias() == 0 ? "" : " alias " + frame.topicAlias()) + "="
                + new String(frame.payloadBytes(), StandardCharsets.UTF_8) + " q" + frame.qos()
                + (frame.retain() ? " retain" : "") + (frame.dup() ? " dup" : "")
                + (frame.packetId() == 0 ? "" : " " + frame.packetId())
                + frame.properties().userProperties().stream()
                        .map(pair -> " " + pair.name() + "=" + pair.value())
                        .reduce("", String::concat));
    }

    @Override
    public void acknowledge(PacketType type, int packetId, ReasonCode reason, Properties properties) {
        got.add(type + " " + packetId + (reason.isFailure() ? " " + reason : ""));
    }

    @Override
    public void subscribe(Subscribe packet) {
        Subscribe.Entry entry = packet.entries().get(0);
        got.add("SUBSCRIBE " + entry.filter() + " q" + entry.qos() + (entry.noLocal() ? " no-local" : ""));
    }

    @Override
    public void unsubscribe(Unsubscribe packet) {
        got.add("UNSUBSCRIBE " + packet.filters().get(0));
    }

    @Override
    public void pingreq() {
        got.add("PINGREQ");
    }

    @Override
    public void disconnect(ReasonCode reason, Properties properties) {
        got.add("DISCONNECT");
    }

    @Override
    public void connack(Connack packet) {
        throw new AssertionError();
    }

    @Override
    public void suback(Suback packet) {
        throw new AssertionError();
    }

    @Override
    public void unsuback(Unsuback packet) {
        throw new AssertionError();
    }

    @Override
    public void pingresp() {
        throw new AssertionError();
    }

    @Override
    public void auth(ReasonCode reason, Properties properties) {
        throw new AssertionError();
    }
}
