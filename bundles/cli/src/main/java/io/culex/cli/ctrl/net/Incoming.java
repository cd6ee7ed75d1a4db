// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.net;

import io.culex.api.message.ReasonCode;
import io.culex.cli.ctrl.outcome.ExitStatus;
import io.culex.codec.Connack;
import io.culex.codec.Connect;
import io.culex.codec.MalformedPacketException;
import io.culex.codec.PacketReader;
import io.culex.codec.PacketSink;
import io.culex.codec.PacketType;
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
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;

/** Reads packets on a thread of its own, acknowledges messages, and queues what somebody waits for. */
final class Incoming implements PacketSink, Runnable {
    private static final int LARGEST_PACKET = 268_435_460;

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final InputStream in;
    private final Outgoing out;
    private final Consumer<String> debug;
    private volatile long heardAt = System.nanoTime();
    private final PacketReader reader = new PacketReader(PacketReader.Side.CLIENT, LARGEST_PACKET);

    Incoming(InputStream in, Outgoing out, ProtocolVersion version, Consumer<String> debug) {
        this.in = in;
        this.out = out;
        this.debug = debug;
        reader.version(version);
    }

    /** What comes, in order; the last is an {@link Event.Ended}. */
    BlockingQueue<Event> events() {
        return events;
    }

    /** Whether anything has come since that time of {@link System#nanoTime}. Any thread. */
    boolean hasHeardSince(long nanos) {
        return heardAt - nanos >= 0;
    }

    /** Somebody else has found out that the connection is lost. Any thread. */
    void lost(String reason) {
        end(ExitStatus.LOST, "The connection was lost: " + reason);
    }

    @Override
    public void run() {
        try {
            read();
            end(ExitStatus.LOST, "The connection was lost");
        } catch (MalformedPacketException e) {
            end(ExitStatus.PROTOCOL, "The broker sent a malformed packet: " + e.getMessage());
        } catch (SSLException e) {
            end(ExitStatus.TLS, "The connection was lost: " + Reasons.of(e));
        } catch (IOException e) {
            end(ExitStatus.LOST, "The connection was lost: " + Reasons.of(e));
        } catch (UncheckedIOException e) {
            end(ExitStatus.LOST, "The connection was lost: " + Reasons.of(new IOException(e)));
        }
    }

    private void read() throws IOException, MalformedPacketException {
        ByteBuf bytes = Unpooled.buffer();
        byte[] chunk = new byte[8192];
        try {
            for (int got = in.read(chunk); got >= 0; got = in.read(chunk)) {
                heardAt = System.nanoTime();
                bytes.writeBytes(chunk, 0, got);
                while (reader.read(bytes, this)) {
                    // one packet after the other
                }
                bytes.discardSomeReadBytes();
            }
        } finally {
            bytes.release();
        }
    }

    private void end(ExitStatus status, String reason) {
        events.add(new Event.Ended(status, reason));
    }

    @Override
    public void connack(Connack packet) {
        debug.accept("Received CONNACK (" + packet.code() + ")");
        events.add(new Event.Connected(packet));
    }

    @Override
    public void suback(Suback packet) {
        debug.accept("Received SUBACK (" + packet.code(0) + ")");
        events.add(new Event.Subscribed(packet.packetId(), packet.code(0)));
    }

    @Override
    public void publish(PublishFrame frame) {
        debug.accept("Received PUBLISH (q" + frame.qos() + ", '" + frame.topic() + "', " + frame.payloadLength()
                + " bytes)");
        if (frame.qos() > 0) {
            out.acknowledge(frame.qos() == 1 ? PacketType.PUBACK : PacketType.PUBREC, frame.packetId());
        }
        events.add(new Event.Arrived(frame.topic(), frame.payloadBytes()));
    }

    @Override
    public void acknowledge(PacketType type, int packetId, ReasonCode reason, Properties properties) {
        debug.accept("Received " + type + " (" + reason.text() + ")");
        if (type == PacketType.PUBREL) {
            out.acknowledge(PacketType.PUBCOMP, packetId);
        } else if (type == PacketType.PUBREC && !reason.isFailure()) {
            out.acknowledge(PacketType.PUBREL, packetId);
        } else {
            events.add(new Event.Acknowledged(packetId, reason));
        }
    }

    @Override
    public void pingresp() {
        debug.accept("Received PINGRESP");
    }

    @Override
    public void disconnect(ReasonCode reason, Properties properties) {
        debug.accept("Received DISCONNECT (" + reason.text() + ")");
        end(ExitStatus.LOST, "The broker closed the connection: " + Reasons.of(reason.code()));
    }

    @Override
    public void unsuback(Unsuback packet) {
        // Nobody unsubscribes.
    }

    @Override
    public void auth(ReasonCode reason, Properties properties) {
        end(ExitStatus.REFUSED_CONNECTION, "The broker wants an authentication that was not offered");
    }

    @Override
    public void connect(Connect packet) {
        throw notForClients();
    }

    @Override
    public void subscribe(Subscribe packet) {
        throw notForClients();
    }

    @Override
    public void unsubscribe(Unsubscribe packet) {
        throw notForClients();
    }

    @Override
    public void pingreq() {
        throw notForClients();
    }

    private static IllegalStateException notForClients() {
        return new IllegalStateException("the reader of a client takes no such packet");
    }
}
