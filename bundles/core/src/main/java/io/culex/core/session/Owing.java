// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import io.culex.core.route.Publication;
import io.culex.core.route.Subscription;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Retained messages that were looked up, and wait until there is room for them: on the link, or in the queue of a client that is
 * away. Takes no memory while there are none. On the session's loop.
 */
final class Owing {
    private final Session session;
    private final Services services;
    private @Nullable Deque<Message> messages;
    private @Nullable Map<String, Order> orders;
    private boolean behindQueue;

    Owing(Session session, Services services) {
        this.session = session;
        this.services = services;
    }

    /** What a subscription has brought, or the one that has taken its place. */
    static final class Order {
        private Subscription by;

        private Order(Subscription by) {
            this.by = by;
        }

        Subscription by() {
            return by;
        }
    }

    /** One of them, and the version of the change that made it the retained one. */
    record Message(Publication publication, long version, Order order) {
        Subscription by() {
            return order.by;
        }
    }

    boolean isEmpty() {
        return size() == 0;
    }

    int size() {
        return messages == null ? 0 : messages.size();
    }

    void clear() {
        messages = null;
        orders = null;
    }

    /** Whether they go out when nothing waits in the queue any more. */
    boolean isBehindQueue() {
        return behindQueue;
    }

    void behindQueue(boolean now) {
        behindQueue = now;
    }

    /** Whether a message that a subscription brings waits for a client that is away: not at QoS 0. */
    boolean waits(Publication message, Subscription by) {
        return session.deliveries().qos(message, by) > 0;
    }

    /** By which messages of a subscription are owed: that of those that are, or a new one. */
    Order order(Subscription by) {
        Order known = orders == null ? null : orders.get(by.filter());
        return known != null && known.by == by ? known : new Order(by);
    }

    /** Messages of one order. */
    void add(Order order, Collection<Message> more) {
        if (more.isEmpty()) {
            return;
        }
        Map<String, Order> now = orders == null ? new HashMap<>(2) : orders;
        now.put(order.by.filter(), order);
        orders = now;
        if (messages == null) {
            messages = new ArrayDeque<>(more);
        } else {
            messages.addAll(more);
        }
    }

    /** A subscription has taken the place of another without bringing messages of its own: it gets what that one is owed. */
    void moved(Subscription from, Subscription to) {
        Order order = orders == null ? null : orders.get(from.filter());
        if (order != null && order.by == from) {
            order.by = to;
        }
    }

    /** Whether there is room for one more. They leave room in the queue for others: the rest follows when that is empty again. */
    boolean hasRoom(@Nullable Link link) {
        Outbox outbox = session.outbox();
        if (link == null) {
            return !outbox.isQuarterFull() && !session.rights().mustWait(session.gate());
        }
        boolean waits = outbox.queued() > 0 && (behindQueue || outbox.isQuarterFull());
        return link.isReady() && !waits;
    }

    /** Gives as many as there is room for; without a link those that wait for it, into the queue. */
    void pay(@Nullable Link link) {
        Handout handout = new Handout(session, services);
        for (Deque<Message> due = messages; due != null && hasRoom(link); due = messages) {
            Message next = due.poll();
            if (next != null
                    && handout.isDue(next.publication(), next.by())
                    && !handout.give(next.publication(), next.by())) {
                // A gate is shut: the rest follows when it opens.
                due.addFirst(next);
                return;
            }
            clearIfEmpty();
        }
    }

    private void clearIfEmpty() {
        if (isEmpty()) {
            clear();
        }
    }

    /** The client is away: keeps those that wait for it. */
    void linkLost() {
        if (messages != null) {
            messages.removeIf(one -> !waits(one.publication(), one.by())
                    || !session.subscriptions().isThere(one.by()));
            clearIfEmpty();
        }
    }

    /** Lets go of all; the versions that are left of each filter. */
    Map<String, Span> giveUp() {
        Map<String, Span> left = new LinkedHashMap<>();
        if (messages != null) {
            for (Message one : messages) {
                left.merge(one.by().filter(), new Span(one.version(), one.version()), Span::and);
            }
        }
        clear();
        return left;
    }
}
