// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge.link;

import io.culex.api.local.RelayReceiver;
import io.culex.api.local.RelaySession;
import io.culex.api.message.ReasonCode;
import io.culex.codec.Connack;
import io.culex.codec.Connect;
import io.culex.codec.MalformedPacketException;
import io.culex.codec.PacketSink;
import io.culex.codec.PacketType;
import io.culex.codec.Properties;
import io.culex.codec.PublishFrame;
import io.culex.codec.Suback;
import io.culex.codec.Subscribe;
import io.culex.codec.Unsuback;
import io.culex.codec.Unsubscribe;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** The packets of the other broker, each to whom it concerns. On the bridge's loop. */
final class RemotePackets implements PacketSink {
    private final Circumstances given;
    private final RemoteLink link;
    private @Nullable Ways ways;
    private @Nullable Proof proof;
    private boolean open;

    /** What there is once the other broker has accepted. */
    private record Ways(Outflow out, Inflow in, RemoteSubscriptions subscriptions, OldIdentifiers old) {}

    RemotePackets(Circumstances given, RemoteLink link) {
        this.given = given;
        this.link = link;
    }

    private Ways ways() {
        Ways now = ways;
        if (now == null) {
            throw new IllegalStateException("not accepted yet");
        }
        return now;
    }

    RelayReceiver outflow() {
        return ways().out();
    }

    /** Whether the next packet may be read: CONNACK, and then messages while they can be taken. */
    boolean mayRead() {
        Ways now = ways;
        return now == null || (open && now.in().isReady());
    }

    /** A broker that knows no MQTT 5 answers in the form of MQTT 3; takes that, if it is so. */
    boolean takesRefusalOf3(ByteBuf in) {
        int at = in.readerIndex();
        boolean is = ways == null
                && given.offer().version().isV5()
                && in.readableBytes() >= 4
                && in.getUnsignedShort(at) == 0x2002
                && in.getUnsignedByte(at + 3) != 0;
        if (is) {
            count(PacketType.CONNACK);
            Connack refusal = new Connack(false, in.getUnsignedByte(at + 3), Properties.NONE);
            in.skipBytes(4);
            link.end(given.offer().refused(refusal, true));
        }
        return is;
    }

    private void count(PacketType type) {
        given.traffic().tally().received(type);
    }

    @Override
    public void connack(Connack packet) {
        count(PacketType.CONNACK);
        if (packet.code() != 0) {
            link.end(given.offer().refused(packet, false));
            return;
        }
        Peer peer = Peer.of(given.offer().version(), packet);
        Output output = link.output();
        ways = new Ways(
                new Outflow(given, peer, output, this::closedHere),
                new Inflow(given, peer, output, link::end, link::read),
                new RemoteSubscriptions(given, peer, output),
                new OldIdentifiers(given, output));
        link.accepted(peer);
    }

    private void closedHere(ReasonCode reason) {
        // A session that is on another event loop says so there.
        given.clockwork().run(() -> goneHere(reason));
    }

    private void goneHere(ReasonCode reason) {
        if (reason == ReasonCode.SERVER_SHUTTING_DOWN) {
            link.sayGoodbye();
        }
        link.end(reason == ReasonCode.SUCCESS ? "closed" : reason.text());
    }

    void subscribe() {
        if (given.settings().notices().toRemote()) {
            ways().out().notice("1", ways().subscriptions().newId());
        }
        ways().subscriptions().begin();
    }

    /**
     * Messages go both ways.
     *
     * @param releases whether Packet Identifiers that nobody here knows any more are released there first
     */
    void begin(RelaySession session, boolean releases) {
        open = true;
        proof = new Proof(session);
        ways().in().begin(session);
        ways().out().begin(session, releases);
        if (releases) {
            ways().old().release(given.place().stale(), () -> {
                given.place().released();
                ways().out().goOn();
            });
        }
    }

    /** Once a second: whether the other broker is to be asked what it has. */
    boolean isProofDue() {
        Proof now = proof;
        return now != null && now.isDue(ways().out().wasRetainedUnacknowledged());
    }

    /** PINGREQ goes. */
    void asksForProof() {
        Proof now = proof;
        if (now != null) {
            now.asked();
        }
    }

    void ready() {
        Ways now = ways;
        if (now != null) {
            now.out().ready();
        }
    }

    /** Says to the other broker that the connection goes. */
    void sayOff() {
        Ways now = ways;
        if (now != null && given.settings().notices().toRemote()) {
            now.out().notice("0", 0);
        }
    }

    void end() {
        Ways now = ways;
        if (now != null) {
            now.in().end();
            now.old().end();
            now.out().end();
        }
    }

    @Override
    public void publish(PublishFrame frame) {
        count(PacketType.PUBLISH);
        try {
            ways().in().publish(frame);
        } catch (MalformedPacketException e) {
            link.end(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void acknowledge(PacketType type, int packetId, ReasonCode reason, Properties properties) {
        count(type);
        if (type == PacketType.PUBREL) {
            ways().in().release(packetId);
        } else if (packetId < RelaySession.FREE_IDENTIFIERS && !ways().old().takes(type, packetId)) {
            ways().out().acknowledged(type, packetId, reason);
        }
    }

    @Override
    public void suback(Suback packet) {
        count(PacketType.SUBACK);
        ways().subscriptions().suback(packet);
    }

    @Override
    public void unsuback(Unsuback packet) {
        count(PacketType.UNSUBACK);
        ways().subscriptions().unsuback(packet.packetId());
    }

    @Override
    public void pingresp() {
        count(PacketType.PINGRESP);
        Proof now = proof;
        if (now != null) {
            now.answered();
        }
    }

    @Override
    public void disconnect(ReasonCode reason, Properties properties) {
        count(PacketType.DISCONNECT);
        String words = properties.reasonString();
        link.end("the other broker ends it: " + reason.text() + (words == null ? "" : " (" + words + ")"));
    }

    @Override
    public void auth(ReasonCode reason, Properties properties) {
        count(PacketType.AUTH);
        link.end("protocol error: AUTH was not asked for");
    }

    @Override
    public void connect(Connect packet) {
        throw notOfAServer();
    }

    @Override
    public void subscribe(Subscribe packet) {
        throw notOfAServer();
    }

    @Override
    public void unsubscribe(Unsubscribe packet) {
        throw notOfAServer();
    }

    @Override
    public void pingreq() {
        throw notOfAServer();
    }

    private static IllegalStateException notOfAServer() {
        return new IllegalStateException("the reader lets no such packet through");
    }
}
