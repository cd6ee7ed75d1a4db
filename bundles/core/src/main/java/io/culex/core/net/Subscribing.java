// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import io.culex.api.local.SubscribeOptions;
import io.culex.api.message.QoS;
import io.culex.api.message.ReasonCode;
import io.culex.codec.Connect;
import io.culex.codec.PacketType;
import io.culex.codec.PacketWriter;
import io.culex.codec.Properties;
import io.culex.codec.ProtocolVersion;
import io.culex.codec.Subscribe;
import io.culex.codec.Unsubscribe;
import io.culex.core.plugin.Gate;
import io.culex.core.route.Subscription;
import io.culex.core.session.Subscriptions;
import java.util.ArrayList;
import java.util.List;

/** What SUBSCRIBE and UNSUBSCRIBE of a client do. On the connection's loop. */
final class Subscribing {
    private static final int PACKET_ID_AND_NO_PROPERTIES = 3;

    private final Connection connection;

    Subscribing(Connection connection) {
        this.connection = connection;
    }

    /** Makes subscriptions, and sends what is retained for them after the SUBACK. */
    void subscribe(Subscribe packet, ProtocolVersion version, boolean ofBridge) {
        connection.journal().received("SUBSCRIBE");
        Subscriptions subscriptions = connection.session().subscriptions();
        int maxQos = connection.doorway().scope().listener().clients().maxQos();
        int identifier = Math.max(0, packet.properties().subscriptionIdentifier());
        boolean bridge = ofBridge && !version.isV5();
        Gate gate = connection.doorway().gate();
        if (version == ProtocolVersion.MQTT_3_1 && !gate.decides()) {
            // Nobody has decided, and it cannot be told so: it would wait for messages that never come.
            connection.end(ReasonCode.SERVER_UNAVAILABLE, Goodbye.of(ReasonCode.SERVER_UNAVAILABLE));
            return;
        }
        if (isTooLarge(version, packet.entries().size())) {
            return;
        }
        byte[] codes = new byte[packet.entries().size()];
        List<Subscription> replays = new ArrayList<>(codes.length);
        for (int i = 0; i < codes.length; i++) {
            Subscribe.Entry entry = packet.entries().get(i);
            Subscriptions.Result result =
                    subscriptions.subscribe(entry.filter(), options(entry, identifier, bridge), maxQos, gate);
            codes[i] = code(result.code(), entry, version);
            Subscription replay = result.replays();
            if (replay != null) {
                replays.add(replay);
            }
        }
        holdIfKept();
        connection.journal().sending("SUBACK");
        PacketWriter.suback(
                connection.output().packet(PacketType.SUBACK, codes.length),
                version,
                packet.packetId(),
                codes,
                Properties.NONE);
        subscriptions.replay(replays);
    }

    /**
     * Ends the connection when the client could not be answered: no packet may be larger than it takes [MQTT-3.1.2-24]. Before
     * anything is done, so that nothing is left of what it does not know of.
     */
    private boolean isTooLarge(ProtocolVersion version, int codes) {
        int remaining = PACKET_ID_AND_NO_PROPERTIES + codes;
        Connect connect = connection.packets().login().packet();
        boolean isTooLarge = version.isV5()
                && 1 + PacketWriter.varintLength(remaining) + remaining
                        > new Terms(connection, connect).maximumPacketSize();
        if (isTooLarge) {
            connection.end(ReasonCode.PACKET_TOO_LARGE, Goodbye.of(ReasonCode.PACKET_TOO_LARGE));
        }
        return isTooLarge;
    }

    /** What the session is told waits until the store has kept it. */
    private void holdIfKept() {
        if (connection.session().records().isKept()) {
            connection.output().hold();
        }
    }

    /** A bridge of MQTT 3 has the options that it cannot ask for (SPEC F.3). */
    private static SubscribeOptions options(Subscribe.Entry entry, int identifier, boolean bridge) {
        return new SubscribeOptions(
                QoS.of(entry.qos()),
                entry.noLocal() || bridge,
                entry.retainAsPublished() || bridge,
                entry.retainHandling(),
                identifier);
    }

    private static byte code(ReasonCode code, Subscribe.Entry entry, ProtocolVersion version) {
        if (!code.isFailure() || version.isV5()) {
            return (byte) code.code();
        }
        // MQTT 3.1 has no code for a refusal.
        return (byte) (version == ProtocolVersion.MQTT_3_1 ? entry.qos() : 0x80);
    }

    /** Takes subscriptions away. */
    void unsubscribe(Unsubscribe packet, ProtocolVersion version) {
        connection.journal().received("UNSUBSCRIBE");
        if (isTooLarge(version, packet.filters().size())) {
            return;
        }
        Subscriptions subscriptions = connection.session().subscriptions();
        byte[] codes = new byte[packet.filters().size()];
        Gate gate = connection.doorway().gate();
        for (int i = 0; i < codes.length; i++) {
            codes[i] = (byte)
                    subscriptions.unsubscribe(packet.filters().get(i), gate).code();
        }
        holdIfKept();
        connection.journal().sending("UNSUBACK");
        PacketWriter.unsuback(
                connection.output().packet(PacketType.UNSUBACK, codes.length),
                version,
                packet.packetId(),
                codes,
                Properties.NONE);
    }
}
