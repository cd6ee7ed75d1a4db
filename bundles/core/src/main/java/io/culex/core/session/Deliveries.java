// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import io.culex.api.auth.Subject;
import io.culex.core.loop.Counter;
import io.culex.core.plugin.Gate;
import io.culex.core.route.Inbound;
import io.culex.core.route.Publication;
import io.culex.core.route.Subscription;
import org.jspecify.annotations.Nullable;

/** From the router to one session's link or outbox: what it does not want, may not have or must wait for. On its loop. */
final class Deliveries {
    private final Session session;
    private final Rights rights;
    private final Outbox outbox;
    private final Congestion congestion;
    private final Records records;
    private @Nullable Publication lastKept;
    private long lastToken = -1;

    Deliveries(Session session, Rights rights, Outbox outbox, Congestion congestion, Records records) {
        this.session = session;
        this.rights = rights;
        this.outbox = outbox;
        this.congestion = congestion;
        this.records = records;
    }

    /** A message that is being published on this loop. */
    void deliver(Inbound message, Subscription by) {
        if (isOwn(message.source(), by)) {
            return;
        }
        int qos = by.qosOf(message.qos(), upgrades());
        boolean retain = message.retain() && by.options().retainAsPublished();
        int identifier = by.options().identifier();
        Gate gate = rights.gate();
        Reading reading = isOver(by) || rights.isOutside(message.route().topic(), by) || isSecondCopy(message, by)
                ? Reading.NEVER
                : rights.reading(message.route().text(), gate);
        if (reading == Reading.NEVER) {
            if (message.stored() != 0) {
                records.forgone(message.stored(), by, Outgoing.of(qos, retain, identifier));
            }
            return;
        }
        boolean wait = reading == Reading.LATER;
        Link link = wait ? null : session.link();
        if (qos > 0 || waitsAtQos0(wait)) {
            offer(message.keep(), Outgoing.of(qos, retain, identifier), link);
        } else if (link != null) {
            if (!link.send(message, retain, identifier)) {
                notSent(message.keep(), Outgoing.of(qos, retain, identifier), link);
            }
            congestion.grew(link.backlog());
        }
        if (congestion.isBehind()) {
            message.congested(session);
        }
    }

    /** A message that is kept, from another loop or a shared subscription; false when the subscription is over. */
    boolean take(Publication message, Subscription by) {
        boolean takes = !isOver(by);
        if (takes) {
            deliver(message, by);
        }
        return takes;
    }

    private void deliver(Publication message, Subscription by) {
        if (isOwn(message.source(), by)) {
            return;
        }
        boolean retain = message.retain() && by.options().retainAsPublished();
        Outgoing how = Outgoing.of(qos(message, by), retain, by.options().identifier());
        Gate gate = rights.gate();
        boolean isWanted = !rights.isOutside(message.topic(), by) && !isSecondCopy(message, by);
        Reading reading = isWanted ? reading(message, gate) : Reading.NEVER;
        if (reading == Reading.NEVER) {
            records.forgone(message.stored(), by, how);
        } else {
            deliver(message, how, reading == Reading.LATER);
        }
    }

    /** A message that was recorded for a subscription comes when that is over. */
    void forgo(Publication message, Subscription by) {
        if (!isOwn(message.source(), by)) {
            boolean retain = message.retain() && by.options().retainAsPublished();
            records.forgone(
                    message.stored(),
                    by,
                    Outgoing.of(qos(message, by), retain, by.options().identifier()));
        }
    }

    /** The level at which a message goes to a subscription. */
    int qos(Publication message, Subscription by) {
        return by.qosOf(message.qos(), upgrades());
    }

    private boolean upgrades() {
        return session.settings().sessions().upgradeOutgoingQos();
    }

    /** Delivers a message as said, through the queue when it must wait. */
    void deliver(Publication message, Outgoing how, boolean wait) {
        Link link = wait ? null : session.link();
        if (how.qos() > 0 || waitsAtQos0(wait)) {
            offer(message, how, link);
        } else if (link != null) {
            if (!link.send(message, how, 0, false)) {
                notSent(message, how, link);
            }
            congestion.grew(link.backlog());
        }
    }

    private void offer(Publication message, Outgoing how, @Nullable Link link) {
        session.subscriptions().forgetFormer();
        outbox.offer(message, how, link);
    }

    /** Whether the client may receive the message, and if that can be said now. */
    Reading reading(Publication message, Gate by) {
        if (rights.isOutside(message.topic())) {
            return Reading.NEVER;
        }
        if (!rights.areAsked(by)) {
            // Its topic need not be a text.
            return rights.mustWait(by) ? Reading.LATER : Reading.MAY;
        }
        return rights.reading(message.topicText(), by);
    }

    /** The link does not take a message of QoS 0. */
    private void notSent(Publication message, Outgoing how, Link link) {
        if (congestion.spares(message.payload().length)) {
            offer(message, how, link);
        } else {
            session.home().counters().increment(Counter.PUBLISH_DROPPED);
        }
    }

    /** Whether a message of QoS 0 is kept: for a client that is away on demand, for one that is there behind those that wait. */
    private boolean waitsAtQos0(boolean gateIsShut) {
        return session.link() == null ? outbox.queuesQos0WhileAway() : gateIsShut || outbox.holdsQos0();
    }

    private boolean isOver(Subscription by) {
        return session.isEnded() || by.isOver();
    }

    /**
     * Whether it came over the bridge that this session acts for, in a session that may have ended since: then it does not go
     * back.
     */
    boolean cameOver(Publication message, Subscription by) {
        Subject sender = message.sender();
        return sender != null
                && session.standing() == Standing.BRIDGE
                && by.options().noLocal()
                && sender.peer().listener().isEmpty()
                && sender.clientId().equals(session.clientId());
    }

    private boolean isOwn(long source, Subscription by) {
        return source == session.number() && by.options().noLocal();
    }

    private boolean isSecondCopy(Inbound message, Subscription by) {
        if (!isSingleCopy() || by.share() != null) {
            return false;
        }
        boolean again = message.token() == lastToken;
        lastToken = message.token();
        return again;
    }

    private boolean isSecondCopy(Publication message, Subscription by) {
        if (!isSingleCopy() || by.share() != null) {
            lastKept = null;
            return false;
        }
        boolean again = message == lastKept;
        lastKept = message;
        return again;
    }

    /** {@code allow_duplicate_messages false} counts for MQTT 3 only. */
    private boolean isSingleCopy() {
        return session.protocolLevel() < 5 && !session.settings().sessions().allowDuplicateMessages();
    }
}
