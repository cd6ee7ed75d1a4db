// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import io.culex.api.message.ReasonCode;
import io.culex.codec.Connack;
import io.culex.codec.Connect;
import io.culex.codec.MalformedPacketException;
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
import io.culex.core.loop.Counter;
import io.culex.core.plugin.Gate;
import io.culex.core.session.Acknowledged;
import io.culex.core.session.Session;
import org.jspecify.annotations.Nullable;

/** What each packet of a client does. On the connection's loop. */
final class Packets implements PacketSink {
    /** An acknowledgement, or a DISCONNECT, with an empty list of properties. */
    private static final int ACKNOWLEDGEMENT_BYTES = 6;

    private final Connection connection;
    private final Login login;
    private final Subscribing subscribing;
    private final StoreWait storeWait;
    private @Nullable Ingress ingress;
    private int topicAliasMaximum;

    Packets(Connection connection) {
        this.connection = connection;
        this.login = new Login(connection);
        this.subscribing = new Subscribing(connection);
        this.storeWait = new StoreWait(connection);
    }

    Login login() {
        return login;
    }

    /** CONNACK tells the client so. */
    void topicAliasMaximum(int announced) {
        topicAliasMaximum = announced;
    }

    StoreWait storeWait() {
        return storeWait;
    }

    void closed() {
        login.closed();
        Ingress now = ingress;
        if (now != null) {
            now.closed();
        }
        connection.net().parked().remove(connection);
    }

    /**
     * Whether a packet of that type may come now; before CONNACK only those of an authentication [MQTT-3.1.2-30], later none while
     * too many answers wait for the client.
     */
    boolean areDue(int type) {
        return (connection.isEstablished() && !connection.output().isClogged()) || areDueNow(type);
    }

    private boolean areDueNow(int type) {
        boolean early = connection.version() != null && !connection.isEstablished();
        if (early && type != PacketType.AUTH.code()) {
            connection.end(ReasonCode.PROTOCOL_ERROR, Goodbye.of(ReasonCode.PROTOCOL_ERROR));
            return false;
        }
        if (connection.output().isClogged() && !connection.leaving().isLast()) {
            connection.pause(Pause.OUTPUT);
            return false;
        }
        return true;
    }

    /** Whether a packet of that type goes on though the gate is not open; if not, the connection waits or is refused. */
    boolean passGate(int type) {
        boolean needsPlugin = type == PacketType.CONNECT.code()
                || type == PacketType.AUTH.code()
                || type == PacketType.PUBLISH.code()
                || type == PacketType.SUBSCRIBE.code();
        if (!needsPlugin || connection.doorway().scope().gate().state() == Gate.State.REFUSING) {
            return true;
        }
        connection.net().parked().add(connection);
        connection.pause(Pause.GATE);
        return false;
    }

    /** What came is no packet: the end of the connection. */
    void malformed(MalformedPacketException e) {
        connection.journal().malformed(e);
        ProtocolVersion as = e.answerAs();
        if (!connection.isEstablished() && as != null) {
            login.refuse(as, e.reason());
        } else {
            connection.end(e.reason(), Goodbye.of(e.reason()));
        }
    }

    /** The reason in words, when the client wants to hear it [MQTT-3.1.2-29]. */
    Properties explain(String words) {
        return login.explain(words, ACKNOWLEDGEMENT_BYTES);
    }

    /** Tells a client of MQTT 5 that has a session why it ends. */
    void sayGoodbye(ReasonCode reason) {
        if (connection.isEstablished() && version().isV5()) {
            Properties why = reason.isFailure() ? explain(reason.text()) : Properties.NONE;
            PacketWriter.disconnect(connection.output().packet(PacketType.DISCONNECT), version(), reason, why);
        }
    }

    private void count(PacketType type) {
        connection.loop().counters().received(type.code());
        connection.loop().counters().increment(Counter.PACKETS_RECEIVED);
    }

    @Override
    public void connect(Connect packet) {
        count(PacketType.CONNECT);
        login.connect(packet);
    }

    @Override
    public void publish(PublishFrame frame) {
        count(PacketType.PUBLISH);
        ingress().publish(frame);
        storeWait.look();
    }

    private Ingress ingress() {
        Ingress now = ingress;
        if (now == null) {
            now = new Ingress(connection, version().isV5(), topicAliasMaximum);
            ingress = now;
        }
        return now;
    }

    @Override
    public void acknowledge(PacketType type, int packetId, ReasonCode reason, Properties properties) {
        count(type);
        if (connection.journal().isDetailed()) {
            connection.journal().receivedAcknowledgement(type, packetId, reason);
        }
        Session session = connection.session();
        switch (type) {
            case PUBACK -> completed(session.outbox().acknowledged(packetId, 1));
            case PUBREC -> received(session, packetId, reason);
            case PUBCOMP -> completed(session.outbox().acknowledged(packetId, 2));
            default -> released(session, packetId);
        }
        storeWait.acknowledged();
    }

    private void completed(Acknowledged how) {
        if (how == Acknowledged.WRONG_QOS) {
            connection.end(ReasonCode.PROTOCOL_ERROR, Goodbye.of(ReasonCode.PROTOCOL_ERROR));
        }
    }

    private void received(Session session, int packetId, ReasonCode reason) {
        if (reason.isFailure()) {
            completed(session.outbox().acknowledged(packetId, 2));
            return;
        }
        switch (session.outbox().received(packetId)) {
            case DONE -> answer(PacketType.PUBREL, packetId, ReasonCode.SUCCESS);
            case UNKNOWN -> answer(PacketType.PUBREL, packetId, ReasonCode.PACKET_IDENTIFIER_NOT_FOUND);
            case WRONG_QOS -> completed(Acknowledged.WRONG_QOS);
        }
    }

    private void released(Session session, int packetId) {
        boolean known = session.inbox().release(packetId);
        if (known && session.records().inboundDone(packetId)) {
            connection.output().hold();
        }
        answer(PacketType.PUBCOMP, packetId, known ? ReasonCode.SUCCESS : ReasonCode.PACKET_IDENTIFIER_NOT_FOUND);
    }

    /** Sends an acknowledgement; a failure with its reason in words. */
    void answer(PacketType type, int packetId, ReasonCode reason) {
        if (connection.journal().isDetailed()) {
            // The end of QoS 2 never failed for a client of MQTT 3.
            boolean said = version().isV5() || type == PacketType.PUBACK || type == PacketType.PUBREC;
            connection.journal().sendingAcknowledgement(type, packetId, said ? reason : ReasonCode.SUCCESS);
        }
        if (reason == ReasonCode.SUCCESS) {
            PacketWriter.acknowledge(connection.output().packet(type), type, packetId);
            return;
        }
        Properties why = reason.isFailure() ? explain(reason.text()) : Properties.NONE;
        PacketWriter.acknowledge(connection.output().packet(type), version(), type, packetId, reason, why);
    }

    private ProtocolVersion version() {
        ProtocolVersion version = connection.version();
        if (version == null) {
            throw new IllegalStateException("no CONNECT yet");
        }
        return version;
    }

    @Override
    public void subscribe(Subscribe packet) {
        count(PacketType.SUBSCRIBE);
        subscribing.subscribe(packet, version(), login.isBridge());
        storeWait.look();
    }

    @Override
    public void unsubscribe(Unsubscribe packet) {
        count(PacketType.UNSUBSCRIBE);
        subscribing.unsubscribe(packet, version());
        storeWait.look();
    }

    @Override
    public void pingreq() {
        count(PacketType.PINGREQ);
        connection.journal().received("PINGREQ");
        connection.journal().sending("PINGRESP");
        PacketWriter.pingresp(connection.output().packet(PacketType.PINGRESP));
    }

    @Override
    public void disconnect(ReasonCode reason, Properties properties) {
        count(PacketType.DISCONNECT);
        connection.journal().received("DISCONNECT");
        long expiry = properties.sessionExpiryInterval();
        Session session = connection.session();
        if (expiry >= 0) {
            if (expiry > 0 && !session.lifetime().isPersistent()) {
                // [MQTT-3.14.2-2] A session that was to end with its connection cannot be made to stay.
                connection.end(ReasonCode.PROTOCOL_ERROR, Goodbye.of(ReasonCode.PROTOCOL_ERROR));
                return;
            }
            session.lifetime().expirySeconds(expiry);
        }
        connection.endedByClient(reason != ReasonCode.DISCONNECT_WITH_WILL && !reason.isFailure());
    }

    @Override
    public void auth(ReasonCode reason, Properties properties) {
        count(PacketType.AUTH);
        login.auth(reason, properties);
    }

    @Override
    public void connack(Connack packet) {
        unexpected(PacketType.CONNACK);
    }

    @Override
    public void suback(Suback packet) {
        unexpected(PacketType.SUBACK);
    }

    @Override
    public void unsuback(Unsuback packet) {
        unexpected(PacketType.UNSUBACK);
    }

    @Override
    public void pingresp() {
        unexpected(PacketType.PINGRESP);
    }

    private void unexpected(PacketType type) {
        throw new IllegalStateException("the reader lets no " + type + " of a client through");
    }
}
