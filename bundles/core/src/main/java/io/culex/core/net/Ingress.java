// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import io.culex.api.config.BrokerSettings;
import io.culex.api.intercept.Interceptor;
import io.culex.api.message.ReasonCode;
import io.culex.codec.PacketType;
import io.culex.codec.PublishFrame;
import io.culex.core.loop.Counter;
import io.culex.core.loop.Ledger;
import io.culex.core.loop.Loop;
import io.culex.core.plugin.Gate;
import io.culex.core.plugin.Scope;
import io.culex.core.route.Inbound;
import io.culex.core.route.Publication;
import io.culex.core.route.Route;
import io.culex.core.route.Router;
import io.culex.core.session.ReservedTopics;
import io.culex.core.session.Session;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The way of a client's PUBLISH to the router: alias, permission, QoS 2 identifier, acknowledgement. On the loop. */
final class Ingress {
    /** What a topic's two bytes of length can say; with the mount point. */
    static final int MAX_TOPIC = 0xFFFF;

    private final Connection connection;
    private final Router router;
    private final Control control;
    private final Session session;
    private final byte[] @Nullable [] aliases;
    private final byte[] mountPoint;
    private final Runnable relief;
    private final boolean v5;
    private byte[] topic = new byte[128];
    private int topicLength;
    private @Nullable Route lastRoute;

    /** With as many Topic Aliases as the client was told in CONNACK, whatever the listener allows by now. */
    Ingress(Connection connection, boolean v5, int topicAliasMaximum) {
        this.connection = connection;
        this.router = connection.services().router();
        this.control = new Control(connection);
        this.session = connection.session();
        this.v5 = v5;
        this.aliases = new byte[topicAliasMaximum + 1][];
        // Never at once: another message may be on its way through this loop at that moment.
        this.relief = () -> connection.loop().execute(() -> connection.resume(Pause.CREDIT));
        this.mountPoint = session.mountPoint().getBytes(StandardCharsets.UTF_8);
    }

    void closed() {
        control.closed();
    }

    void publish(PublishFrame frame) {
        Loop loop = connection.loop();
        loop.published();
        loop.counters().increment(Counter.PUBLISH_RECEIVED);
        loop.counters().add(Counter.PUBLISH_BYTES_RECEIVED, frame.payloadLength());
        Gate gate = connection.doorway().gate();
        ReasonCode fatal = check(frame, connection.doorway().scope());
        if (fatal != null) {
            connection.end(fatal, Goodbye.of(fatal));
            return;
        }
        Route route = route(loop);
        if (frame.qos() == 2 && session.inbox().contains(frame.packetId())) {
            // It was accepted before: whatever has changed since, the client must hear the same.
            acceptedBefore(frame);
            return;
        }
        if (frame.retain() && !connection.services().mayRetain(route.text(), frame.payloadLength())
                || (mustBeKept(frame, route) && !loop.ledger().takesMessages())) {
            notTaken(frame, ReasonCode.QUOTA_EXCEEDED, ReasonCode.QUOTA_EXCEEDED);
            return;
        }
        ReasonCode refusal = refusal(frame, route, gate);
        connection.journal().publish(refusal == ReasonCode.NOT_AUTHORIZED, frame, nameOf(route));
        if (refusal == ReasonCode.SERVER_UNAVAILABLE) {
            // MQTT 5 has no code for that in a PUBACK.
            notTaken(frame, ReasonCode.NOT_AUTHORIZED, refusal);
        } else if (refusal != null) {
            acknowledge(frame, refusal);
        } else {
            if (frame.qos() == 2) {
                session.inbox().add(frame.packetId());
            }
            accept(frame, gate, route);
        }
    }

    private static boolean mustBeKept(PublishFrame frame, Route route) {
        return frame.retain() || route.reachesKept(frame.qos());
    }

    private boolean mustBeKept(Publication message, Loop loop) {
        byte[] name = message.topic();
        return message.retain() || router.route(loop, name, name.length).reachesKept(message.qos());
    }

    /**
     * The message may be taken another time, if not now: never acknowledged as if it had been. MQTT 3 knows no other way to say so
     * than the end.
     */
    private void notTaken(PublishFrame frame, ReasonCode reason, ReasonCode end) {
        connection.loop().counters().increment(Counter.PUBLISH_DROPPED);
        if (frame.qos() > 0 && !v5) {
            connection.end(end, Goodbye.of(end));
        } else {
            acknowledge(frame, reason);
        }
    }

    /** What ends the connection; null: nothing. Leaves the topic in {@link #topic}. */
    private @Nullable ReasonCode check(PublishFrame frame, Scope scope) {
        if (frame.qos() > scope.listener().clients().maxQos()) {
            return ReasonCode.QOS_NOT_SUPPORTED;
        }
        if (frame.retain() && !connection.doorway().broker().retain().available()) {
            return ReasonCode.RETAIN_NOT_SUPPORTED;
        }
        int alias = frame.topicAlias();
        if (alias >= aliases.length) {
            return ReasonCode.TOPIC_ALIAS_INVALID;
        }
        if (frame.topicLength() > 0) {
            if (mountPoint.length + frame.topicLength() > MAX_TOPIC) {
                return ReasonCode.TOPIC_NAME_INVALID;
            }
            gather(frame);
            if (alias > 0) {
                aliases[alias] = Arrays.copyOf(topic, topicLength);
            }
            return null;
        }
        byte[] known = aliases[alias];
        if (known == null) {
            return ReasonCode.PROTOCOL_ERROR; // no topic, or an alias that stands for none yet (3.3.4)
        }
        topic = known.length <= topic.length ? topic : new byte[known.length];
        System.arraycopy(known, 0, topic, 0, known.length);
        topicLength = known.length;
        return null;
    }

    private void gather(PublishFrame frame) {
        topicLength = mountPoint.length + frame.topicLength();
        if (topicLength > topic.length) {
            topic = new byte[topicLength];
        }
        System.arraycopy(mountPoint, 0, topic, 0, mountPoint.length);
        frame.buffer().getBytes(frame.topicIndex(), topic, mountPoint.length, frame.topicLength());
    }

    private Route route(Loop loop) {
        Route last = lastRoute;
        if (last == null || !router.isStill(last, loop, topic, topicLength)) {
            last = router.route(loop, topic, topicLength);
            lastRoute = last;
        }
        return last;
    }

    /** What refuses the message without ending the connection; null: nothing. */
    private @Nullable ReasonCode refusal(PublishFrame frame, Route route, Gate gate) {
        int limit = connection.doorway().broker().limits().messageBytes();
        if (limit > 0 && frame.payloadLength() > limit) {
            return ReasonCode.PACKET_TOO_LARGE;
        }
        if (frame.qos() == 2 && isInboxFull()) {
            return ReasonCode.QUOTA_EXCEEDED;
        }
        if (topic[mountPoint.length] == '$' && ReservedTopics.contain(nameOf(route))) {
            return ReasonCode.NOT_AUTHORIZED;
        }
        // Where nobody can decide, it may be allowed when the plugin can again.
        return session.refusal(route.text(), gate);
    }

    /** The topic as the client knows it. */
    private String nameOf(Route route) {
        return route.text().substring(session.mountPoint().length());
    }

    /** As many QoS 2 messages as may wait for their PUBREL do (SPEC H.2). */
    private boolean isInboxFull() {
        BrokerSettings.Limits limits = connection.doorway().broker().limits();
        int announced = limits.maxInflightMessages();
        int waiting = session.inbox().size();
        if (announced <= 0 || waiting < announced) {
            return false;
        }
        if (v5) {
            connection.journal().beyondQuota();
        }
        return limits.maxQueuedMessages() > 0 && waiting >= announced + limits.maxQueuedMessages();
    }

    private void acceptedBefore(PublishFrame frame) {
        connection.journal().acceptedBefore(frame);
        if (session.records().isKept()) {
            connection.output().hold();
        }
        acknowledge(frame, ReasonCode.SUCCESS);
    }

    private void accept(PublishFrame frame, Gate gate, Route route) {
        Loop loop = connection.loop();
        route.seen(session.clientId(), loop.wheel().tickMillis());
        if (topic[mountPoint.length] == '$' && route.text().startsWith("$CONTROL/", mountPoint.length)) {
            control.request(nameOf(route), frame, gate);
            end(frame, ReasonCode.SUCCESS);
            return;
        }
        if (gate.intercepts()) {
            intercept(frame, gate, route);
            return;
        }
        Inbound inbound = router.inbound(loop);
        inbound.of(frame, route, session.number(), session.subject(), mountPoint.length == 0);
        if (frame.qos() == 2) {
            inbound.under(session.records().life(), frame.packetId());
        }
        if (mustBeKept(frame, route)) {
            inbound.promised();
        }
        long before = loop.ledger().mark();
        boolean heard = router.publish(loop, inbound);
        holdBack(inbound);
        promised(frame, before);
        accepted(frame, heard);
    }

    /** The acknowledgement of what was given to the store waits until it is kept there. */
    private void promised(PublishFrame frame, long before) {
        Ledger ledger = connection.loop().ledger();
        if (frame.qos() > 0 && ledger.mark() != before) {
            connection.output().hold();
        }
    }

    private void accepted(PublishFrame frame, boolean heard) {
        // MQTT 3 has no codes: its acknowledgements go the way of all others.
        boolean plain = heard || !v5 || frame.qos() == 2;
        acknowledge(frame, plain ? ReasonCode.SUCCESS : ReasonCode.NO_MATCHING_SUBSCRIBERS);
    }

    /** A receiver has fallen behind: nothing more is read from this publisher until it has caught up, or is found slow. */
    private void holdBack(Inbound published) {
        if (published.isHeldBack()) {
            connection.pause(Pause.CREDIT);
            published.awaitRelief(relief);
        }
    }

    /** A message that goes nowhere: at QoS 2 its identifier is kept before, or free when no PUBREL follows [MQTT-4.3.3-4]. */
    private void end(PublishFrame frame, ReasonCode reason) {
        if (reason.isFailure()) {
            session.inbox().release(frame.packetId());
        } else if (frame.qos() == 2 && session.records().inbound(frame.packetId())) {
            connection.output().hold();
        }
        acknowledge(frame, reason);
    }

    private void intercept(PublishFrame frame, Gate gate, Route route) {
        Loop loop = connection.loop();
        Publication message = router.inbound(loop)
                .of(frame, route, session.number(), session.subject(), false)
                .keep();
        Interceptor.Outcome outcome = gate.intercept(
                session.subject(),
                message.withTopic(Arrays.copyOfRange(topic, mountPoint.length, topicLength))
                        .toMessage(frame.qos(), frame.retain(), loop.clock()));
        if (outcome instanceof Interceptor.Outcome.Drop drop) {
            end(frame, drop.reason());
            return;
        }
        if (outcome instanceof Interceptor.Outcome.Replace replace) {
            Publication given =
                    Publication.of(replace.message(), loop.clock().millis(), session.number(), session.subject());
            message = given.withTopic((session.mountPoint() + given.topicText()).getBytes(StandardCharsets.UTF_8));
        }
        if (message.topic().length > MAX_TOPIC) {
            end(frame, ReasonCode.TOPIC_NAME_INVALID);
            return;
        }
        if (message.retain() && !connection.services().mayRetain(message.topicText(), message.payload().length)
                || (!loop.ledger().takesMessages() && mustBeKept(message, loop))) {
            session.inbox().release(frame.packetId());
            notTaken(frame, ReasonCode.QUOTA_EXCEEDED, ReasonCode.QUOTA_EXCEEDED);
            return;
        }
        long before = loop.ledger().mark();
        long life = frame.qos() == 2 ? session.records().life() : 0;
        Inbound inbound = router.inbound(loop, message).under(life, frame.packetId());
        if (mustBeKept(message, loop)) {
            inbound.promised();
        }
        boolean heard = router.publish(loop, inbound);
        holdBack(inbound);
        promised(frame, before);
        accepted(frame, heard);
    }

    private void acknowledge(PublishFrame frame, ReasonCode reason) {
        if (frame.qos() > 0 && !connection.isOver()) {
            connection
                    .packets()
                    .answer(frame.qos() == 1 ? PacketType.PUBACK : PacketType.PUBREC, frame.packetId(), reason);
        }
    }
}
