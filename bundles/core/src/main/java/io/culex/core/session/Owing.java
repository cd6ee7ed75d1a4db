// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import io.culex.core.route.Publication;
import io.culex.core.route.Subscription;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Retained messages that wait until the link takes more, and by which subscriptions. On the session's loop. */
final class Owing {
    private final Deque<Message> messages = new ArrayDeque<>();
    private final Map<String, Order> orders = new HashMap<>(2);

    /** What a subscription has brought, or the one that has taken its place. */
    private static final class Order {
        private Subscription by;

        Order(Subscription by) {
            this.by = by;
        }
    }

    /** One of them. */
    record Message(Publication publication, Order order) {
        Subscription by() {
            return order.by;
        }
    }

    Deque<Message> messages() {
        return messages;
    }

    /** Whether a message that a subscription brings waits for a client that is away: not at QoS 0. */
    static boolean waits(Publication message, Subscription by) {
        return Math.min(message.qos(), by.qos()) > 0;
    }

    /** Those filters of which messages are left. */
    Set<String> filters() {
        return messages.stream().map(one -> one.by().filter()).collect(Collectors.toSet());
    }

    void add(Publication message, Subscription by) {
        Order order = orders.get(by.filter());
        if (order == null || order.by != by) {
            order = new Order(by);
            orders.put(by.filter(), order);
        }
        messages.add(new Message(message, order));
    }

    void moved(Subscription from, Subscription to) {
        Order order = orders.get(from.filter());
        if (order != null && order.by == from) {
            order.by = to;
        }
    }
}
