// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import io.culex.api.config.BrokerSettings;
import io.culex.api.local.QueueRules;
import io.culex.api.log.LogType;
import io.culex.core.loop.Counter;
import org.jspecify.annotations.Nullable;

/** How much may wait for one session (SPEC H.2): by the broker's limits, or by its own. On the session's loop. */
final class Allowance {
    private final Session session;
    private final Services services;
    private @Nullable QueueRules own;
    private long drops;
    private boolean noticed;

    Allowance(Session session, Services services) {
        this.session = session;
        this.services = services;
    }

    void own(@Nullable QueueRules rules) {
        own = rules;
    }

    boolean queuesQos0WhileAway() {
        QueueRules rules = own;
        return session.settings().sessions().queueQos0() || (rules != null && rules.qos0WhileAway());
    }

    /** A client is there: what is dropped from now on is told again. */
    void renewed() {
        noticed = false;
    }

    /** A message was one too many. */
    void exceeded() {
        session.home().counters().increment(Counter.PUBLISH_DROPPED);
        drops++;
        if (!noticed) {
            noticed = true;
            session.log(LogType.NOTICE, "Outgoing messages are being dropped for client " + session.clientId() + ".");
        }
    }

    /** How many were. */
    long drops() {
        return drops;
    }

    /** Whether a message with that much payload may be in flight beside what is in the window. */
    boolean allows(Window window, int length) {
        return !window.isCountedWith(length) || !services.isMemoryFull(length);
    }

    /** Whether a message with that much payload is one too many. */
    boolean isFull(MessageQueue queue, int length, int qos, boolean connected) {
        if (services.isMemoryFull(length) || (qos == 0 && connected && isTooLongForQos0(queue))) {
            return true;
        }
        return isQueueFull(queue.size(), queue.bytes() + length, connected)
                && !(connected && session.congestion().spares(length));
    }

    /** Where nobody asked for a queue of such messages, one that is there must not become large by their payload. */
    private boolean isTooLongForQos0(MessageQueue queue) {
        long most = session.settings().limits().maxQueuedBytes();
        return !queuesQos0WhileAway() && queue.bytes() >= Math.max(Link.MOST_QOS0_BYTES, most);
    }

    /** Whether four times what waits would be too much for a client that is there: below that nobody is held for its sake. */
    boolean isQuarterFull(MessageQueue queue) {
        return isQueueFull(queue.size() * 4, queue.bytes() * 4, true);
    }

    private boolean isQueueFull(int messages, long bytes, boolean connected) {
        QueueRules rules = own;
        if (rules != null) {
            return isAbove(messages, rules.messages(), bytes, rules.bytes());
        }
        if (session.standing() == Standing.BRIDGE) {
            // It was found in the store, and its bridge has not said yet how much it keeps.
            return false;
        }
        BrokerSettings.Limits limits = session.settings().limits();
        long most = limits.maxQueuedBytes();
        return isAbove(
                messages,
                limits.maxQueuedMessages(),
                bytes,
                most == 0 ? 0 : most + (connected ? limits.maxInflightBytes() : 0));
    }

    private static boolean isAbove(int messages, int mostMessages, long bytes, long mostBytes) {
        return (mostMessages > 0 && messages >= mostMessages) || (mostBytes > 0 && bytes > mostBytes);
    }
}
