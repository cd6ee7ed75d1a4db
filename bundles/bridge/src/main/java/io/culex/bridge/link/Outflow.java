// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge.link;

import io.culex.api.local.Delivery;
import io.culex.api.local.RelayReceiver;
import io.culex.api.local.RelaySession;
import io.culex.api.log.LogType;
import io.culex.api.message.Message;
import io.culex.api.message.MessageProperties;
import io.culex.api.message.QoS;
import io.culex.api.message.ReasonCode;
import io.culex.codec.PacketType;
import io.culex.codec.PacketWriter;
import io.culex.codec.Properties;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The way out: what this broker delivers goes to the other one, and its acknowledgements come back. On the bridge's loop. */
final class Outflow implements RelayReceiver {
    private final Circumstances given;
    private final Peer peer;
    private final Output output;
    private final Consumer<ReasonCode> closed;
    private final Forms forms;
    private final RemoteTopics topics;

    /** Packet Identifiers of messages of QoS 2 that the other broker gets at QoS 1, because it takes no more. */
    private final BitSet lowered = new BitSet();

    private boolean retainedUnacknowledged;
    private boolean holds;
    private @Nullable RelaySession session;

    Outflow(Circumstances given, Peer peer, Output output, Consumer<ReasonCode> closed) {
        this.given = given;
        this.peer = peer;
        this.output = output;
        this.closed = closed;
        int own = given.settings().wire().maxPacketBytes();
        this.forms = new Forms(
                peer.version().isV5(),
                Math.min(peer.maxPacketBytes(), own == 0 ? Long.MAX_VALUE : own),
                Math.min(peer.maxTopicAlias(), given.settings().wire().maxTopicAlias()));
        this.topics = new RemoteTopics(given.settings().topics());
    }

    /**
     * Messages may come from now on.
     *
     * @param holding whether only those of QoS 0, for which nothing waits, may come until {@link #goOn}
     */
    void begin(RelaySession opened, boolean holding) {
        topics.by(given.place().numbers());
        session = opened;
        holds = holding;
        opened.request(1);
    }

    /** Every message may come. */
    void goOn() {
        holds = false;
        RelaySession now = session;
        if (now != null) {
            now.request(1);
        }
    }

    /** The other end takes more again. */
    void ready() {
        output.ready();
        RelaySession now = session;
        if (now != null) {
            now.request(1);
        }
    }

    /** Whether a retained message was sent at QoS 0 since the last call. */
    boolean wasRetainedUnacknowledged() {
        boolean was = retainedUnacknowledged;
        retainedUnacknowledged = false;
        return was;
    }

    /** The connection is over: what is still delivered comes again on the next one. */
    void end() {
        session = null;
    }

    @Override
    public boolean isReady() {
        return session != null && !holds && output.isReady();
    }

    @Override
    public int backlog() {
        return output.stalled();
    }

    @Override
    public void closed(ReasonCode reason) {
        session = null;
        closed.accept(reason);
    }

    @Override
    public void deliver(Delivery delivery) {
        if (session == null) {
            return;
        }
        Message message = delivery.message();
        if (!delivery.duplicate()) {
            given.place().begins(delivery.packetId());
        }
        int by = delivery.subscriptionIdentifiers().isEmpty()
                ? 0
                : delivery.subscriptionIdentifiers().get(0);
        RemoteTopics.@Nullable Target target = topics.of(message.topic(), by);
        if (target == null) {
            forgo(delivery);
            return;
        }
        if (!target.isPossible()) {
            // The other broker would end the connection, and the message come again on each.
            given.traffic().refused.increment();
            drop(delivery, "cannot have a topic there");
            return;
        }
        MessageProperties properties = message.properties();
        if (peer.version().isV5()) {
            MessageProperties onward = given.hops().onward(properties, peer.id());
            if (onward == null) {
                given.traffic().looped.increment();
                forgo(delivery);
                return;
            }
            properties = onward;
        }
        send(delivery, target, properties);
    }

    /** It does not go on; for this broker it is done. */
    private void forgo(Delivery delivery) {
        RelaySession now = session;
        int packetId = delivery.packetId();
        if (now == null || packetId == 0) {
            return;
        }
        if (delivery.message().qos() == QoS.EXACTLY_ONCE) {
            if (peer.maxQos() == 2 && given.place().mayHave(packetId)) {
                // The other broker takes the next message under that identifier for this one until this is released.
                now.received(packetId);
                return;
            }
            given.place().givenUp(packetId);
        }
        now.acknowledged(packetId, delivery.message().qos());
    }

    private void send(Delivery delivery, RemoteTopics.Target target, MessageProperties properties) {
        Message message = delivery.message();
        boolean v5 = peer.version().isV5();
        int qos = Math.min(message.qos().level(), peer.maxQos());
        byte[] encoded = v5 ? Properties.encodeForwarded(properties) : new byte[0];
        int length = encoded.length + (properties.expirySeconds() < 0 ? 0 : PacketWriter.EXPIRY_BYTES);
        int payload = message.payload().size();
        Forms.Form form = forms.of(target, qos, length, payload);
        if (form == null) {
            tooLarge(delivery);
            return;
        }
        boolean retain =
                message.retain() && peer.retains() && given.settings().wire().outgoingRetain();
        int first = PacketWriter.firstByte(qos, delivery.duplicate() && qos > 0, retain);
        ByteBuf out = output.packet(PacketType.PUBLISH);
        PacketWriter.publishHead(
                out,
                v5,
                first,
                form.remaining(),
                target.bytes(),
                0,
                form.topicBytes(),
                qos == 0 ? 0 : delivery.packetId(),
                form.propertiesBytes());
        if (v5) {
            properties(out, form.alias(), properties, encoded);
        }
        out.writeBytes(message.payload().asBuffer());
        sent(delivery, qos, payload);
        journal(first, delivery.packetId(), target.topic(), payload);
    }

    private static void properties(ByteBuf out, int alias, MessageProperties properties, byte[] encoded) {
        if (alias != 0) {
            PacketWriter.topicAliasProperty(out, alias);
        }
        if (properties.expirySeconds() >= 0) {
            PacketWriter.expiryProperty(out, properties.expirySeconds());
        }
        out.writeBytes(encoded);
    }

    private void sent(Delivery delivery, int qos, int payload) {
        given.traffic().out.increment();
        given.traffic().outBytes.add(payload);
        given.traffic().moved(given.clockwork().millis());
        QoS own = delivery.message().qos();
        retainedUnacknowledged |= qos == 0 && delivery.message().retain();
        if (qos == 0 && own != QoS.AT_MOST_ONCE) {
            forgo(delivery);
        } else if (qos == 1 && own == QoS.EXACTLY_ONCE) {
            lowered.set(delivery.packetId());
        } else if (qos == 2) {
            given.place().sent(delivery.packetId());
        }
    }

    private void tooLarge(Delivery delivery) {
        given.traffic().oversize.increment();
        drop(delivery, "is too large for the other broker");
    }

    private void drop(Delivery delivery, String why) {
        given.log().log(
                LogType.NOTICE,
                "Bridge " + given.settings().name() + ": a message of "
                        + delivery.message().payload().size() + " bytes to "
                        + delivery.message().topic() + " " + why + " and is dropped.");
        forgo(delivery);
    }

    private void journal(int first, int packetId, String topic, int payload) {
        if (given.log().enabled(LogType.DEBUG)) {
            given.log().log(
                    LogType.DEBUG,
                    "Bridge %s sending PUBLISH (d%d, q%d, r%d, m%d, '%s', ... (%d bytes))"
                            .formatted(
                                    given.settings().local().clientId(),
                                    first >> 3 & 1,
                                    first >> 1 & 3,
                                    first & 1,
                                    packetId,
                                    topic,
                                    payload));
        }
    }

    @Override
    public void release(int packetId) {
        RelaySession now = session;
        if (now == null) {
            return;
        }
        if (peer.maxQos() < 2) {
            // Another broker has the message; this one knows no PUBREL.
            given.place().givenUp(packetId);
            now.acknowledged(packetId, QoS.EXACTLY_ONCE);
            return;
        }
        given.place().sent(packetId);
        PacketWriter.acknowledge(output.packet(PacketType.PUBREL), PacketType.PUBREL, packetId);
    }

    /** PUBACK, PUBREC or PUBCOMP came. */
    void acknowledged(PacketType type, int packetId, ReasonCode reason) {
        RelaySession now = session;
        if (now == null) {
            return;
        }
        if (reason == ReasonCode.QUOTA_EXCEEDED) {
            // It has no room now: the message comes again on a later connection.
            closed.accept(reason);
            return;
        }
        if (reason.isFailure() && type != PacketType.PUBCOMP) {
            given.traffic().refused.increment();
            given.log().log(
                    LogType.NOTICE,
                    "Bridge " + given.settings().name() + ": the other broker refuses a message: " + reason.text()
                            + ".");
        }
        if (type == PacketType.PUBREC && !reason.isFailure()) {
            now.received(packetId);
            return;
        }
        QoS qos = type == PacketType.PUBACK && !wasLowered(packetId) ? QoS.AT_LEAST_ONCE : QoS.EXACTLY_ONCE;
        if (qos == QoS.EXACTLY_ONCE) {
            given.place().done(packetId);
        }
        now.acknowledged(packetId, qos);
    }

    private boolean wasLowered(int packetId) {
        boolean was = lowered.get(packetId);
        lowered.clear(packetId);
        return was;
    }

    /** Says to the other broker that the connection is there, or goes. */
    void notice(String state, int packetId) {
        // Where one message is taken at a time, its place is for those that wait.
        int qos = packetId == 0 || peer.receiveMaximum() == 1 ? 0 : Math.min(1, peer.maxQos());
        boolean retain = peer.retains() && given.settings().wire().outgoingRetain();
        int first = PacketWriter.firstByte(qos, false, retain);
        PacketWriter.publish(
                output.packet(PacketType.PUBLISH),
                peer.version(),
                first,
                given.settings().notices().topic(),
                qos == 0 ? 0 : packetId,
                Properties.NONE,
                state.getBytes(StandardCharsets.UTF_8));
    }
}
