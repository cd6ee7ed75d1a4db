// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge.link;

import io.culex.api.local.RelaySession;
import io.culex.api.log.LogType;
import io.culex.api.message.Message;
import io.culex.api.message.MessageProperties;
import io.culex.api.message.Payload;
import io.culex.api.message.QoS;
import io.culex.api.message.ReasonCode;
import io.culex.api.message.TopicName;
import io.culex.bridge.settings.TopicRule;
import io.culex.codec.MalformedPacketException;
import io.culex.codec.PacketType;
import io.culex.codec.PacketWriter;
import io.culex.codec.Properties;
import io.culex.codec.PublishFrame;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The way in: what the other broker sends is published here, and acknowledged, in order, when it is kept. On the bridge's loop.
 */
final class Inflow {
    /** So many messages may be on their way into this broker; above that nothing more is read. */
    private static final int MOST = 1024;

    private final Circumstances given;
    private final Peer peer;
    private final Output output;
    private final Consumer<String> fatal;
    private final Runnable room;
    private final String[] aliases;
    private final Queue<Promise> promises = new ArrayDeque<>();
    private int underWay;
    private boolean full;
    private @Nullable RelaySession session;

    /** An acknowledgement that is owed. */
    private static final class Promise {
        private final PacketType type;
        private final int packetId;
        private @Nullable ReasonCode code;

        Promise(PacketType type, int packetId) {
            this.type = type;
            this.packetId = packetId;
        }
    }

    /**
     * For one connection.
     *
     * @param fatal ends it, with the reason
     * @param room is told when messages may be read again
     */
    Inflow(Circumstances given, Peer peer, Output output, Consumer<String> fatal, Runnable room) {
        this.given = given;
        this.peer = peer;
        this.output = output;
        this.fatal = fatal;
        this.room = room;
        int maximum = peer.version().isV5() ? given.settings().wire().maxTopicAlias() : 0;
        this.aliases = new String[maximum + 1];
    }

    void begin(RelaySession opened) {
        session = opened;
    }

    /** Whether another message may be read now. */
    boolean isReady() {
        return session != null && !full;
    }

    void publish(PublishFrame frame) throws MalformedPacketException {
        RelaySession now = session;
        if (now == null) {
            return;
        }
        String topic = topic(frame);
        given.traffic().in.increment();
        given.traffic().inBytes.add(frame.payloadLength());
        given.traffic().moved(given.clockwork().millis());
        int qos = frame.qos();
        Promise promise =
                qos == 0 ? null : new Promise(qos == 1 ? PacketType.PUBACK : PacketType.PUBREC, frame.packetId());
        if (promise != null) {
            promises.add(promise);
        }
        Message message = message(frame, topic);
        Taken taken = message == null || qos < 2 ? null : new Taken(topic, message.payload());
        if (message == null || (taken != null && frame.dup() && given.place().wasTaken(frame.packetId(), taken))) {
            settled(promise, ReasonCode.SUCCESS);
            return;
        }
        full = ++underWay >= MOST;
        int held = qos == 2 ? frame.packetId() : 0;
        if (taken != null) {
            if (given.place().mayMeetAnothers(held) && !frame.dup()) {
                // Else it would be taken for a message that another broker has left there, and be lost.
                now.release(held);
            }
            given.place().takes(held, taken);
        }
        now.publish(message, held)
                .whenComplete((code, failure) -> given.clockwork().run(() -> {
                    if (taken != null) {
                        decided(held, taken, failure == null && !code.isFailure());
                    }
                    settled(promise, failure == null ? code : ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR);
                    if (--underWay <= MOST / 2 && full) {
                        full = false;
                        room.run();
                    }
                }));
    }

    /** After the connection too: what was released meanwhile, or has come again, is not in its place any more. */
    private void decided(int packetId, Taken taken, boolean kept) {
        if (kept) {
            taken.kept();
        } else {
            given.place().takesNot(packetId, taken);
        }
    }

    private String topic(PublishFrame frame) throws MalformedPacketException {
        int alias = frame.topicAlias();
        if (alias >= aliases.length) {
            throw new MalformedPacketException(ReasonCode.TOPIC_ALIAS_INVALID, "PUBLISH: topic alias " + alias);
        }
        if (frame.topicLength() > 0) {
            String topic = frame.topic();
            aliases[alias] = topic;
            return topic;
        }
        String known = alias == 0 ? null : aliases[alias];
        if (known == null) {
            throw new MalformedPacketException(ReasonCode.PROTOCOL_ERROR, "PUBLISH: no topic");
        }
        return known;
    }

    /** The message as it is published here; null: it is not wanted. */
    private @Nullable Message message(PublishFrame frame, String topic) {
        TopicRule rule = given.settings().topics().firstIn(topic);
        String local = rule == null ? null : rule.toLocal(topic);
        int limit = given.broker().limits().messageBytes();
        boolean large = limit > 0 && frame.payloadLength() > limit;
        if (local == null || large || !TopicName.isValid(local)) {
            given.traffic().unwanted.increment();
            return null;
        }
        MessageProperties properties = frame.messageProperties();
        if (given.hops().wasHere(properties)) {
            given.traffic().looped.increment();
            return null;
        }
        return new Message(local, Payload.wrap(frame.payloadBytes()), QoS.of(frame.qos()), frame.retain(), properties);
    }

    private void settled(@Nullable Promise promise, ReasonCode code) {
        if (cannotBeKept(code)) {
            // Never acknowledged as if it were kept: the other broker sends it again on the next connection.
            if (promise == null) {
                given.traffic().unwanted.increment();
            } else if (session != null) {
                fatal.accept("a message cannot be kept: " + code.text());
            }
            return;
        }
        if (code.isFailure()) {
            given.traffic().unwanted.increment();
            if (given.log().enabled(LogType.DEBUG)) {
                given.log().log(
                        LogType.DEBUG,
                        "Bridge " + given.settings().name() + ": a message is not published here: " + code.text()
                                + ".");
            }
        }
        if (promise != null && session != null) {
            promise.code = code;
            acknowledge();
        }
    }

    private static boolean cannotBeKept(ReasonCode code) {
        return code == ReasonCode.QUOTA_EXCEEDED
                || code == ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR
                || code == ReasonCode.UNSPECIFIED_ERROR;
    }

    /** Acknowledgements go out in the order of the messages [MQTT-4.6.0-2]. */
    private void acknowledge() {
        for (Promise next = promises.peek(); next != null && next.code != null; next = promises.peek()) {
            ReasonCode code = next.code;
            promises.remove();
            // Whether anybody listens here is of no use there.
            ReasonCode said = code.isFailure() ? code : ReasonCode.SUCCESS;
            PacketWriter.acknowledge(
                    output.packet(next.type), peer.version(), next.type, next.packetId, said, Properties.NONE);
        }
    }

    /** PUBREL came. */
    void release(int packetId) {
        RelaySession now = session;
        if (now != null) {
            given.place().releases(packetId);
            now.release(packetId)
                    .whenComplete((code, failure) -> given.clockwork().run(() -> {
                        if (failure == null && !cannotBeKept(code) && session != null) {
                            PacketWriter.acknowledge(output.packet(PacketType.PUBCOMP), PacketType.PUBCOMP, packetId);
                        }
                    }));
        }
    }

    /** The connection is over: what is still under way is not acknowledged any more. */
    void end() {
        session = null;
        promises.clear();
    }
}
