// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import io.culex.core.plugin.Gate;
import io.culex.core.plugin.Scope;
import io.culex.core.route.Publication;
import io.culex.core.route.Subscription;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The retained messages that one session is still owed. Those of one filter are looked up at a time, when the link has taken the
 * ones before, so that a client that does not read has no more of them wait than there are. On the session's loop.
 */
final class Replays {
    /** How long filters are looked up before the loop turns to its other work. */
    private static final long TURN_NANOS = 2_000_000;

    /** As many may be owed to a session without a link. */
    private static final int MOST_AWAY = 10_000;

    private final Session session;
    private final Services services;
    private final PendingFilters later = new PendingFilters();
    private @Nullable Owing owed;
    private List<Runnable> waiting = List.of();
    private long seen;
    private boolean complete;
    private boolean behindQueue;
    private boolean sending;
    private boolean looksAgain;

    Replays(Session session, Services services) {
        this.session = session;
        this.services = services;
    }

    void clear() {
        owed = null;
        later.clear();
        seen = 0;
        complete = false;
        behindQueue = false;
        waiting = List.of();
    }

    /** What is sent from now on goes out when nothing waits in the queue any more; what was owed before does not count. */
    void beginBehindQueue() {
        owed = null;
        later.clear();
        behindQueue = true;
    }

    /** The version of the latest retained message if the link has been given all there are; else -1. */
    long mark() {
        return complete && !owes() ? services.router().retained().latest() : -1;
    }

    /** The other end has everything up to that version: {@link #changes} sends what came later. */
    void there(long mark) {
        seen = Math.max(seen, mark);
    }

    private boolean owes() {
        return owed != null || !later.isEmpty();
    }

    /** How many messages wait until the link takes more. */
    int inMemory() {
        return owed == null ? 0 : owed.messages().size();
    }

    void linkLost() {
        boolean keeps = !behindQueue && session.lifetime().isPersistent();
        if (keeps) {
            queueRest();
        } else {
            owed = null;
            later.clear();
        }
        complete = false;
        behindQueue = false;
        waiting = List.of();
        lookOn(null);
    }

    /**
     * Sends the retained messages that subscriptions bring which were made together, none for a filter that is gone by now. A
     * subscription that its own packet has replaced brings them to the one that is there [MQTT-3.8.4-5].
     */
    void all(Collection<Subscription> made) {
        long mark = services.router().retained().latest();
        for (Subscription by : made) {
            if (session.subscriptions().of(by.filter()) != null) {
                later.add(by.filter(), mark);
            }
        }
        goOn();
    }

    /**
     * Sends those that have changed while there was no link, and that were not queued because they go out at QoS 0.
     *
     * @param queued whether QoS 0 was queued as well
     */
    void changes(Subscription by, boolean queued) {
        boolean upgrades = session.settings().sessions().upgradeOutgoingQos();
        services.router().retained().matchVersions(by.path(), (message, version) -> {
            if (version > seen && by.qosOf(message.qos(), upgrades) == 0 && !queued) {
                offer(message, by);
            }
        });
        goOn();
    }

    private void goOn() {
        Link link = session.link();
        if (link != null) {
            next(link);
        }
    }

    /** A subscription has taken the place of another without bringing messages of its own: it gets what that one is owed. */
    void moved(Subscription from, Subscription to) {
        Owing now = owed;
        if (now != null) {
            now.moved(from, to);
        }
    }

    /** A filter is not subscribed to any more. */
    void gone(String filter) {
        if (later.remove(filter) && later.isEmpty()) {
            tell();
        }
    }

    /** Runs {@code done} when nothing is owed any more; never when the link is lost before. */
    void whenSent(Runnable done) {
        waiting = new ArrayList<>(waiting);
        waiting.add(done);
        tell();
    }

    private void tell() {
        if (!owes() && !waiting.isEmpty()) {
            List<Runnable> told = waiting;
            waiting = List.of();
            complete = true;
            told.forEach(Runnable::run);
        }
    }

    /**
     * Looks filters up until something is owed again: for a session without a link, what is to wait in its queue. A few at a time.
     */
    private void lookOn(@Nullable Link link) {
        long end = session.home().clock().nanos() + TURN_NANOS;
        while (!later.isEmpty() && owed == null && !looksAgain && (link == null ? mayQueue() : mayGoOn(link))) {
            if (!lookUpFirst()) {
                return;
            }
            if (link != null) {
                sendOwed(link);
            }
            if (session.home().clock().nanos() - end >= 0) {
                looksAgain = true;
                session.home().nextIteration(this::lookAgain);
            }
        }
    }

    private void lookAgain() {
        looksAgain = false;
        if (session.link() == null) {
            lookOn(null);
        } else {
            goOn();
        }
    }

    private boolean mayQueue() {
        return !session.outbox().isQuarterFull() && !session.rights().mustWait(session.gate());
    }

    /** False when it brings more than a session without a link may be owed: then it stays to be looked up with one. */
    private boolean lookUpFirst() {
        String filter = later.first();
        long mark = later.mark(filter);
        Subscription by = session.subscriptions().of(filter);
        boolean queues = session.link() == null;
        if (queues && by != null && by.qos() > 0 && services.router().retained().isMore(by.path(), MOST_AWAY)) {
            return false;
        }
        later.remove(filter);
        if (by != null) {
            services.router().retained().matchVersions(by.path(), (message, version) -> {
                // What was published since the subscription has come by itself.
                if (version <= mark && queues) {
                    queueOrOwe(message, by);
                } else if (version <= mark) {
                    offer(message, by);
                }
            });
        }
        return true;
    }

    /** Retained messages leave room in the queue for others: the rest follows when that is empty again. */
    private boolean mayGoOn(Link link) {
        Outbox outbox = session.outbox();
        boolean waits = outbox.queued() > 0 && (behindQueue || outbox.isQuarterFull());
        return link.isReady() && !waits;
    }

    private void offer(Publication message, Subscription by) {
        Link link = session.link();
        Owing before = owed;
        if (before != null || link == null || !mayGoOn(link) || !send(message, by)) {
            // More than the link takes now, or a gate is shut: the rest follows, bounded by what is retained.
            owe(message, by);
        }
    }

    private void owe(Publication message, Subscription by) {
        Owing now = owed == null ? new Owing() : owed;
        owed = now;
        now.add(message, by);
    }

    /** The link takes more. A call from within does nothing: the one that is under way goes on. */
    void next(Link link) {
        if (sending || !owes()) {
            return;
        }
        sending = true;
        try {
            sendOwed(link);
            lookOn(link);
        } finally {
            sending = false;
        }
        tell();
    }

    private void sendOwed(Link link) {
        Owing due = owed;
        while (due != null && mayGoOn(link)) {
            Owing.Message next = due.messages().poll();
            if (next == null) {
                owed = null;
                return;
            }
            if (isDue(next) && !send(next.publication(), next.by())) {
                due.messages().addFirst(next);
                return;
            }
        }
    }

    /** A newer message of the topic may have come by itself meanwhile; the old one must not follow it. */
    private boolean isDue(Owing.Message one) {
        return session.subscriptions().isThere(one.by())
                && services.router().retained().isCurrent(one.publication())
                && !one.publication().isExpired(session.home().clock());
    }

    /**
     * What could not go out to a client whose session is kept waits in its queue, as far as that leaves room for others; the rest
     * comes when the client is back.
     */
    private void queueRest() {
        Owing rest = owed;
        owed = null;
        if (rest == null) {
            return;
        }
        rest.messages().removeIf(one -> !Owing.waits(one.publication(), one.by()) || !isDue(one));
        if (rest.messages().size() > MOST_AWAY) {
            // One that is away must not hold that many: they are looked up once more, some of which it has got.
            rest.filters()
                    .forEach(filter ->
                            later.add(filter, services.router().retained().latest()));
        } else {
            rest.messages().forEach(one -> queueOrOwe(one.publication(), one.by()));
        }
    }

    /** There is no link: one of QoS 0 does not wait for it. */
    private void queueOrOwe(Publication message, Subscription by) {
        if (Owing.waits(message, by) && (owed != null || !mayQueue() || !send(message, by))) {
            owe(message, by);
        }
    }

    /** False when a gate is shut that must decide about it. */
    private boolean send(Publication message, Subscription by) {
        if (session.deliveries().cameOver(message, by) || session.rights().isOutside(message.topic(), by)) {
            return true;
        }
        Gate gate = session.gate();
        Scope source = RetainedSources.of(message, services);
        if (session.rights().mustWait(gate) || (source != null && source.gate().state() == Gate.State.WAITING)) {
            session.rights().hold();
            return false;
        }
        if ((source == null || RetainedSources.permit(message, source))
                && session.deliveries().isReadable(message, gate)) {
            int qos = Math.min(message.qos(), by.qos());
            // The record of the retained message does not name this session: what is to be kept for it is recorded
            // anew.
            Publication given = session.records().isKept() ? Records.unrecorded(message) : message;
            session.deliveries()
                    .deliver(given, Outgoing.of(qos, true, by.options().identifier()), gate);
        }
        return true;
    }
}
