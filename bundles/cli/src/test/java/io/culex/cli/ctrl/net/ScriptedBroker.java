// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.net;

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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A broker for one client after the other that does what a test wants. */
public class ScriptedBroker implements PacketSink, AutoCloseable {
    final List<String> requests = new CopyOnWriteArrayList<>();
    final List<String> seen = new CopyOnWriteArrayList<>();
    private final List<String> logins = new CopyOnWriteArrayList<>();
    private final ServerSocket server;
    private final ByteBuf out = Unpooled.buffer();
    private ProtocolVersion version = ProtocolVersion.MQTT_5;

    /** On a port of its own. */
    public ScriptedBroker() {
        try {
            server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::serve, "scripted broker");
        thread.setDaemon(true);
        thread.start();
    }

    /** Where it listens. */
    public int port() {
        return server.getLocalPort();
    }

    /** Who has connected, in order: {@code username:password}. */
    public List<String> logins() {
        return logins;
    }

    /** The requests that have come, in order. */
    public List<String> requests() {
        return requests;
    }

    /** What CONNECT is answered with. */
    int connackCode() {
        return 0;
    }

    /** What comes with that. */
    Properties connackProperties() {
        return Properties.NONE;
    }

    /** What SUBSCRIBE is answered with. */
    int subackCode() {
        return 1;
    }

    /** What a request at QoS 1 or 2 is acknowledged with. */
    ReasonCode acknowledgement() {
        return ReasonCode.SUCCESS;
    }

    /** Answers a request; its parts are sent by {@link #send}. */
    void request(String topic, String body) {
        send(topic + "/response", body);
    }

    /** Sends a message at QoS 1. */
    void send(String topic, String body) {
        PacketWriter.publish(
                out,
                version,
                PacketWriter.firstByte(1, false, false),
                topic,
                9,
                Properties.NONE,
                body.getBytes(StandardCharsets.UTF_8));
    }

    /** The correlation data of a request's first command. */
    static String correlation(String body) {
        return body.replaceAll("(?s).*\"correlationData\":\"([^\"]*)\".*", "$1");
    }

    private void serve() {
        while (!server.isClosed()) {
            serveOne();
        }
    }

    private void serveOne() {
        try (Socket socket = server.accept()) {
            PacketReader reader = new PacketReader(PacketReader.Side.SERVER, 1 << 20);
            ByteBuf in = Unpooled.buffer();
            out.clear();
            byte[] chunk = new byte[1024];
            for (int got = socket.getInputStream().read(chunk);
                    got >= 0;
                    got = socket.getInputStream().read(chunk)) {
                in.writeBytes(chunk, 0, got);
                while (reader.read(in, this)) {
                    out.readBytes(socket.getOutputStream(), out.readableBytes());
                }
            }
        } catch (IOException | MalformedPacketException e) {
            seen.add(e.toString());
        }
    }

    @Override
    public void connect(Connect packet) {
        version = packet.version();
        byte[] password = packet.password();
        logins.add(packet.username() + ":" + (password == null ? null : new String(password, StandardCharsets.UTF_8)));
        seen.add("CONNECT " + packet.clientId() + " " + packet.username());
        PacketWriter.connack(out, version, false, connackCode(), connackProperties());
    }

    @Override
    public void subscribe(Subscribe packet) {
        seen.add("SUBSCRIBE " + packet.entries().get(0).filter());
        PacketWriter.suback(out, version, packet.packetId(), new byte[] {(byte) subackCode()}, Properties.NONE);
    }

    @Override
    public void publish(PublishFrame frame) {
        String body = new String(frame.payloadBytes(), StandardCharsets.UTF_8);
        seen.add("PUBLISH " + frame.topic() + " " + frame.qos() + " "
                + frame.properties().responseTopic());
        requests.add(body);
        if (frame.qos() > 0) {
            PacketType type = frame.qos() == 1 ? PacketType.PUBACK : PacketType.PUBREC;
            PacketWriter.acknowledge(out, version, type, frame.packetId(), acknowledgement(), Properties.NONE);
        }
        request(frame.topic(), body);
    }

    @Override
    public void acknowledge(PacketType type, int packetId, ReasonCode reason, Properties properties) {
        seen.add(type.toString());
        if (type == PacketType.PUBREL) {
            PacketWriter.acknowledge(out, PacketType.PUBCOMP, packetId);
        }
    }

    @Override
    public void disconnect(ReasonCode reason, Properties properties) {
        seen.add("DISCONNECT");
    }

    @Override
    public void unsubscribe(Unsubscribe packet) {}

    @Override
    public void pingreq() {
        seen.add("PINGREQ");
        PacketWriter.pingresp(out);
    }

    @Override
    public void pingresp() {}

    @Override
    public void connack(Connack packet) {}

    @Override
    public void suback(Suback packet) {}

    @Override
    public void unsuback(Unsuback packet) {}

    @Override
    public void auth(ReasonCode reason, Properties properties) {}

    @Override
    public void close() throws IOException {
        server.close();
    }
}
