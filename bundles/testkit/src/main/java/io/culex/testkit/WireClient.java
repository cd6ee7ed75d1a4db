// SPDX-License-Identifier: Apache-2.0
package io.culex.testkit;

import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A client that speaks MQTT byte by byte. It does nothing of its own accord: no ping, no acknowledgement. Every method
 * blocks until its answer came; what comes wrong, late or not at all is a {@link WireError}. For one thread.
 */
public final class WireClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MOST_IDS = 0xFFFF;

    private final ProtocolVersion version;
    private final Link link;
    private final PacketDecoder decoder;
    private final Deque<Packet> aside = new ArrayDeque<>();
    private String clientId = "";
    private int lastId;

    private WireClient(ProtocolVersion version, Link link) {
        this.version = version;
        this.link = link;
        this.decoder = new PacketDecoder(version);
    }

    /** Opens the connection and sends nothing. */
    public static WireClient open(SocketAddress broker, ProtocolVersion version) {
        return new WireClient(version, Link.open(broker));
    }

    /** What it speaks. */
    public ProtocolVersion version() {
        return version;
    }

    /** The Client Identifier it connected with, or that the broker gave it. */
    public String clientId() {
        return clientId;
    }

    /** A Packet Identifier this client has not used yet; after the last one the first again. */
    public int nextId() {
        lastId = lastId % MOST_IDS + 1;
        return lastId;
    }

    /** Sends the packet as it is. */
    public void send(Packet packet) {
        link.write(packet.encode(version));
    }

    /** Sends several packets in one write. */
    public void send(Packet first, Packet... more) {
        WireWriter all = new WireWriter().bytes(first.encode(version));
        Arrays.stream(more).forEach(packet -> all.bytes(packet.encode(version)));
        link.write(all.toBytes());
    }

    /** Sends bytes. */
    public void sendRaw(byte[] bytes) {
        link.write(bytes);
    }

    /** Sends bytes, given as ints for easy writing. */
    public void sendRaw(int... bytes) {
        WireWriter out = new WireWriter();
        Arrays.stream(bytes).forEach(out::u8);
        sendRaw(out.toBytes());
    }

    /** The next packet. */
    public Packet receive() {
        return receive(PATIENCE);
    }

    /** The next packet within {@code limit}. */
    public Packet receive(Duration limit) {
        return poll(limit).orElseThrow(() -> new WireError(who() + ": the broker closed the connection"));
    }

    /** The next packet; empty when none comes within {@code limit}. */
    public Optional<Packet> receiveWithin(Duration limit) {
        try {
            return Optional.of(receive(limit));
        } catch (WireError.Silence nothing) {
            return Optional.empty();
        }
    }

    /** The next packet, of this type. */
    public <T extends Packet> T expect(Class<T> type) {
        Packet packet = receive();
        if (!type.isInstance(packet)) {
            throw new WireError(who() + ": expected " + type.getSimpleName() + ", got " + packet);
        }
        return type.cast(packet);
    }

    /** The answer to CONNECT, whatever it says. */
    public Connack expectConnack() {
        return expect(Connack.class);
    }

    /** The next packet is a PUBLISH. */
    public Publish expectPublish() {
        return expect(Publish.class);
    }

    /** The next packet is a PUBLISH with this payload. */
    public Publish expectPublish(String payload) {
        Publish publish = expectPublish();
        if (!publish.text().equals(payload)) {
            throw new WireError(who() + ": expected payload " + payload + ", got " + publish);
        }
        return publish;
    }

    /** The next packet is this acknowledgement; PUBLISH packets that come before it are put aside for later. */
    public Ack expectAck(PacketType type, int id) {
        return await(Ack.class, ack -> ack.type() == type && ack.id() == id, type + " " + id);
    }

    /** The next packet that is no PUBLISH is the SUBACK or UNSUBACK of this identifier. */
    public Suback expectSuback(int id) {
        return await(Suback.class, suback -> suback.id() == id, "SUBACK " + id);
    }

    /** The broker closes the connection and sends nothing before. */
    public void expectClosed() {
        poll(PATIENCE).ifPresent(packet -> {
            throw new WireError(who() + ": expected the end of the connection, got " + packet);
        });
    }

    /**
     * The broker ends the connection, after a DISCONNECT or a refusing CONNACK where the version has one.
     *
     * @return the Reason Code, or -1 when it just closed
     */
    public int expectEnd() {
        Optional<Packet> last = poll(PATIENCE);
        if (last.isEmpty()) {
            return -1;
        }
        int reason =
                switch (last.get().type()) {
                    case DISCONNECT -> ((Disconnect) last.get()).reason();
                    case CONNACK -> ((Connack) last.get()).reason();
                    default -> throw new WireError(who() + ": expected the end of the connection, got " + last.get());
                };
        expectClosed();
        return reason;
    }

    /** The broker ends the connection and says this code, but to a client of version 3, to which it need not say any. */
    public void expectEnd(int reason) {
        int got = expectEnd();
        if (got != reason && (got != -1 || version == ProtocolVersion.V5)) {
            throw new WireError(String.format("%s: expected reason 0x%x, got 0x%x", who(), reason, got));
        }
    }

    /** The broker sends DISCONNECT with this code and closes. */
    public Disconnect expectDisconnect(int reason) {
        Disconnect disconnect = expect(Disconnect.class);
        if (disconnect.reason() != reason) {
            throw new WireError(String.format(
                    "%s: expected DISCONNECT 0x%x, got %s 0x%x", who(), reason, disconnect, disconnect.reason()));
        }
        expectClosed();
        return disconnect;
    }

    /** The broker has nothing for this client: the answer to a PINGREQ is the next packet. */
    public void expectNothing() {
        send(new Ping(PacketType.PINGREQ));
        Packet packet = receive();
        if (packet.type() != PacketType.PINGRESP) {
            throw new WireError(who() + ": expected nothing, got " + packet);
        }
    }

    /** Nothing comes for so long, and the connection stays open. Costs the time; prefer {@link #expectNothing()}. */
    public void expectSilence(Duration time) {
        receiveWithin(time).ifPresent(packet -> {
            throw new WireError(who() + ": expected silence, got " + packet);
        });
    }

    /** CONNECT, and its CONNACK must be a success. */
    public Connack connect(Connect connect) {
        send(connect);
        Connack connack = expectConnack();
        if (connack.reason() != 0) {
            throw new WireError(String.format(
                    "CONNECT of %s refused: 0x%x %s", connect.clientId(), connack.reason(), connack.properties()));
        }
        clientId = connack.properties().string(PropertyId.ASSIGNED_CLIENT_ID).orElse(connect.clientId());
        return connack;
    }

    /** SUBSCRIBE to one filter; returns the code of the SUBACK. */
    public int subscribe(String filter, int options) {
        int id = nextId();
        send(Subscribe.to(id, filter, options));
        return expectSuback(id).reasons().get(0);
    }

    /** UNSUBSCRIBE from filters; returns the UNSUBACK. */
    public Suback unsubscribe(String... filters) {
        int id = nextId();
        send(Unsubscribe.from(id, filters));
        return expectSuback(id);
    }

    /** PUBLISH and its whole exchange, with a new identifier; returns the Reason Code of the first answer. */
    public int publish(Publish publish, int qos) {
        if (qos == 0) {
            send(publish);
            return 0;
        }
        int id = nextId();
        send(publish.qos(qos, id));
        Ack first = expectAck(qos == 1 ? PacketType.PUBACK : PacketType.PUBREC, id);
        if (qos == 2 && first.reason() < 0x80) {
            send(Ack.pubrel(id));
            expectAck(PacketType.PUBCOMP, id);
        }
        return first.reason();
    }

    /** PUBLISH of a text and its whole exchange. */
    public int publish(String topic, String payload, int qos) {
        return publish(Publish.to(topic, payload), qos);
    }

    /** Acknowledges what was received, to the end of the exchange. */
    public Publish acknowledge(Publish publish) {
        if (publish.qos() == 1) {
            send(Ack.puback(publish.id()));
        } else if (publish.qos() == 2) {
            send(Ack.pubrec(publish.id()));
            expectAck(PacketType.PUBREL, publish.id());
            send(Ack.pubcomp(publish.id()));
        }
        return publish;
    }

    /** Says nothing more, not even goodbye, and goes on reading. */
    public void endOutput() {
        link.endOutput();
    }

    /** DISCONNECT, and waits until the broker has closed: what follows from it is then under way. */
    public void disconnect() {
        disconnect(Disconnect.NORMAL);
    }

    /** This DISCONNECT, and waits until the broker has closed. */
    public void disconnect(Disconnect packet) {
        send(packet);
        aside.clear();
        while (read(PATIENCE).isPresent()) {}
        close();
    }

    /** Closes without DISCONNECT. */
    @Override
    public void close() {
        link.close();
    }

    /** Closes with a TCP reset. */
    public void reset() {
        link.reset();
    }

    private Optional<Packet> poll(Duration limit) {
        if (!aside.isEmpty()) {
            return Optional.of(aside.poll());
        }
        return read(limit);
    }

    private Optional<Packet> read(Duration limit) {
        try {
            return link.read(limit).map(frame -> decoder.decode(frame.firstByte(), frame.body()));
        } catch (Link.ReadTimeoutException e) {
            throw new WireError.Silence(who() + ": " + e.getMessage(), e);
        } catch (UncheckedIOException e) {
            throw new WireError(who() + ": " + e.getMessage(), e);
        }
    }

    private <T extends Packet> T await(Class<T> type, Predicate<T> wanted, String what) {
        while (true) {
            Packet packet =
                    read(PATIENCE).orElseThrow(() -> new WireError(who() + ": expected " + what + ", got the end"));
            if (type.isInstance(packet) && wanted.test(type.cast(packet))) {
                return type.cast(packet);
            }
            if (packet.type() != PacketType.PUBLISH) {
                throw new WireError(who() + ": expected " + what + ", got " + packet);
            }
            aside.add(packet);
        }
    }

    private String who() {
        return clientId.isEmpty() ? "client" : clientId;
    }
}
