// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import io.culex.api.auth.Access;
import io.culex.api.auth.Subject;
import io.culex.core.plugin.Gate;
import io.culex.core.plugin.Scope;
import io.culex.core.route.Publication;
import io.culex.core.route.Subscription;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/** The retained messages that one session is still owed. On the session's loop. */
final class Replays {
    private final Session session;
    private final Services services;
    private @Nullable Deque<Owed> owed;
    private List<Runnable> waiting = List.of();
    private long seen;
    private boolean complete;
    private boolean behindQueue;
    private boolean sending;

    /** A retained message that waits until the link takes more. */
    private record Owed(Publication message, Subscription by) {}

    Replays(Session session, Services services) {
        this.session = session;
        this.services = services;
    }

    void clear() {
        owed = null;
        seen = 0;
        complete = false;
        behindQueue = false;
        waiting = List.of();
    }

    /** What is sent from now on goes out when nothing waits in the queue any more; what was owed before does not count. */
    void beginBehindQueue() {
        owed = null;
        behindQueue = true;
    }

    /** The version of the latest retained message if the link has been given all there are; else -1. */
    long mark() {
        return complete && owed == null ? services.router().retained().latest() : -1;
    }

    /** The other end has everything up to that version: {@link #changes} sends what came later. */
    void there(long mark) {
        seen = Math.max(seen, mark);
    }

    void linkLost() {
        queueRest();
        owed = null;
        complete = false;
        behindQueue = false;
        waiting = List.of();
    }

    /** Sends the retained messages that a subscription brings. */
    void all(Subscription by) {
        replay(by, (message, version) -> offer(message, by));
    }

    /**
     * Sends those that have changed while there was no link, and that were not queued because they go out at QoS 0.
     *
     * @param queued whether QoS 0 was queued as well
     */
    void changes(Subscription by, boolean queued) {
        boolean upgrades = session.settings().sessions().upgradeOutgoingQos();
        replay(by, (message, version) -> {
            if (version > seen && by.qosOf(message.qos(), upgrades) == 0 && !queued) {
                offer(message, by);
            }
        });
    }

    /** A subscription has taken the place of another without bringing messages of its own: it gets what that one is owed. */
    void moved(Subscription from, Subscription to) {
        Deque<Owed> before = owed;
        if (before != null) {
            Deque<Owed> now = new ArrayDeque<>(before.size());
            before.forEach(each -> now.add(each.by() == from ? new Owed(each.message(), to) : each));
            owed = now;
        }
    }

    /** Runs {@code done} when nothing is owed any more; never when the link is lost before. */
    void whenSent(Runnable done) {
        if (owed == null) {
            complete = true;
            done.run();
            return;
        }
        waiting = new ArrayList<>(waiting);
        waiting.add(done);
    }

    private void replay(Subscription by, ObjLongConsumer<Publication> sink) {
        services.router().retained().matchVersions(by.path(), sink);
        Link link = session.link();
        if (link != null && link.isReady()) {
            next(link);
        }
    }

    /** Retained messages leave room in the queue for others: the rest follows when that is empty again. */
    private boolean mayGoOn(Link link) {
        Outbox outbox = session.outbox();
        boolean waits = outbox.queued() > 0 && (behindQueue || outbox.isQuarterFull());
        return link.isReady() && !waits;
    }

    private void offer(Publication message, Subscription by) {
        Link link = session.link();
        Deque<Owed> before = owed;
        if (before != null || link == null || !mayGoOn(link) || !send(message, by)) {
            // More than the link takes now, or a gate is shut: the rest follows, bounded by what is retained.
            if (before == null) {
                before = new ArrayDeque<>();
                owed = before;
            }
            before.add(new Owed(message, by));
        }
    }

    /** The link takes more. A call from within does nothing: the one that is under way goes on. */
    void next(Link link) {
        if (sending || owed == null) {
            return;
        }
        sending = true;
        try {
            sendOwed(link);
        } finally {
            sending = false;
        }
    }

    private void sendOwed(Link link) {
        Deque<Owed> due = owed;
        while (due != null && mayGoOn(link)) {
            Owed next = due.poll();
            if (next == null) {
                owed = null;
                List<Runnable> told = waiting;
                waiting = List.of();
                complete |= !told.isEmpty();
                told.forEach(Runnable::run);
                return;
            }
            if (isDue(next) && !send(next.message(), next.by())) {
                due.addFirst(next);
                return;
            }
        }
    }

    /** A newer message of the topic may have come by itself meanwhile; the old one must not follow it. */
    private boolean isDue(Owed one) {
        return session.subscriptions().isThere(one.by())
                && services.router().retained().isCurrent(one.message())
                && !one.message().isExpired(session.home().clock());
    }

    /** What could not go out to a client whose session is kept waits in its queue like everything else, as far as that goes. */
    private void queueRest() {
        Deque<Owed> rest = owed;
        if (rest == null || behindQueue || !session.lifetime().isPersistent()) {
            return;
        }
        for (Owed one : rest) {
            boolean waits = Math.min(one.message().qos(), one.by().qos()) > 0;
            if (waits && isDue(one) && !send(one.message(), one.by())) {
                return;
            }
        }
    }

    /** False when a gate is shut that must decide about it. */
    private boolean send(Publication message, Subscription by) {
        Gate gate = session.gate();
        Scope source = source(message);
        if (session.rights().mustWait(gate) || (source != null && source.gate().state() == Gate.State.WAITING)) {
            session.rights().hold();
            return false;
        }
        if ((source == null || mayStillBePublished(message, source))
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

    /** {@code check_retain_source}: where its publisher must have the right to publish it still; null: nobody is asked. */
    private @Nullable Scope source(Publication message) {
        if (message.sender() == null || !services.current().broker().retain().checkSource()) {
            return null;
        }
        Scope scope = services.current().get().scope(message.sender().peer().listener());
        return scope.listener().name().isEmpty() ? null : scope;
    }

    private static boolean mayStillBePublished(Publication message, Scope source) {
        String mountPoint = source.listener().clients().mountPoint();
        String topic = message.topicText();
        Subject sender = message.sender();
        return source.gate().isOpen()
                && sender != null
                && (!source.gate().authorizes()
                        || (topic.startsWith(mountPoint)
                                && source.gate().allows(Access.WRITE, sender, topic.substring(mountPoint.length()))));
    }
}
