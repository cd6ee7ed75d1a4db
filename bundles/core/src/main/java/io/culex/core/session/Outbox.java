// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import io.culex.api.local.Backlog;
import io.culex.api.local.QueueRules;
import io.culex.core.loop.Counter;
import io.culex.core.loop.Loop;
import io.culex.core.loop.Measure;
import io.culex.core.plugin.Gate;
import io.culex.core.route.Publication;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What goes out to one client: the window of messages in flight, and the queue behind it (SPEC H.2). Above its limits it drops
 * the newest and counts; it never slows anyone. On the session's loop.
 */
public final class Outbox {
    /** So many messages of a queue are in memory though the store has them. */
    private static final int HERE = 1024;

    private final Session session;
    private final Loop loop;
    private final Window window;
    private final MessageQueue queue = new MessageQueue();
    private final Records records;
    private final Paging paging;
    private final Resending resending;
    private final Allowance allowance;
    private final QueueAge ages = new QueueAge();
    private final Tally tally;
    private int outstanding;
    private int receiveMaximum;
    private boolean draining;

    Outbox(Session session, Services services, Records records) {
        this.session = session;
        this.loop = session.home();
        this.records = records;
        this.window = new Window(loop.counters());
        this.tally = new Tally(loop.counters());
        this.allowance = new Allowance(session, services);
        this.paging = new Paging(session, queue, this::drainNow);
        this.resending = new Resending(session, window, this::drainNow);
    }

    /** Messages in flight to the client. */
    public int inflight() {
        return window.size();
    }

    /** Messages that wait for the client. */
    public int queued() {
        return queue.size();
    }

    /** Payload of the messages that wait. */
    public long queuedBytes() {
        return queue.bytes();
    }

    boolean isQuarterFull() {
        return allowance.isQuarterFull(queue);
    }

    /** A link is there: what is in flight goes again in order [MQTT-4.4.0-1], then the queue. Receive Maximum 0: none was given. */
    void attached(Link link, int maximum) {
        int limit = session.settings().limits().maxInflightMessages();
        receiveMaximum = maximum > 0 ? maximum : limit == 0 ? 0xFFFF : limit;
        allowance.renewed();
        outstanding = 0;
        resending.begin();
        drain(link);
    }

    void detached() {
        outstanding = 0;
        resending.clear();
    }

    /** Whether messages of QoS 0 wait, so that others must not go past them [MQTT-4.6.0-6]. */
    boolean holdsQos0() {
        return tally.holdsQos0();
    }

    /** Takes a message of QoS 1 or 2, or one of QoS 0 that is to wait. */
    void offer(Publication message, Outgoing how, @Nullable Link link) {
        int length = message.payload().length;
        boolean first = how.qos() > 0 && queue.isEmpty() && resending.isDone();
        if (link != null && first && hasRoom(length) && allowance.allows(window, length) && link.isReady()) {
            send(records.recorded(message, how), how, link);
            return;
        }
        if (allowance.isFull(queue, length, how.qos(), link != null)) {
            dropped(message, how);
            return;
        }
        boolean kept = how.qos() > 0 || link == null;
        enqueue(kept ? records.recorded(message, how) : Records.unrecorded(message), how, link);
        session.congestion().grew(queue.size());
        if (link != null) {
            drain(link);
        }
    }

    /** Of an absent client only the store has what it has; so has the far end of a long queue. */
    private void enqueue(Publication message, Outgoing how, @Nullable Link link) {
        if (message.stored() != 0 && records.isKept() && (link == null || queue.size() >= HERE)) {
            queue.addStored(message.stored(), message.payload().length, how);
        } else {
            queue.add(message, how);
        }
        tally.added(message.payload().length, how.qos());
        aged();
        loop.counters().record(Measure.QUEUE_LENGTH, queue.size());
    }

    /** Takes a message that was found in the store; one whose identifier is there already comes under another. */
    void found(long stored, int payloadLength, Outgoing how, int packetId, boolean released) {
        if (packetId != 0 && window.state(packetId) == 0) {
            window.recover(packetId, stored, how.packed(), released);
        } else {
            queue.addStored(stored, payloadLength, how);
            tally.found(payloadLength, how.qos());
            aged();
        }
    }

    /** The loop, whose counters nobody else may change, has got what was found. */
    void begun() {
        tally.begun();
    }

    private void aged() {
        // Only of a bridge anybody asks how old its queue is.
        if (session.standing() == Standing.BRIDGE) {
            ages.added(queue.firstNumber() + queue.size() - 1, loop.clock().millis());
        }
    }

    private void drainNow() {
        Link link = session.link();
        if (link != null) {
            drain(link);
            session.congestion().shrank(Math.max(queue.size(), link.backlog()));
        }
    }

    /** Sends what may be sent now. */
    void drain(Link link) {
        if (draining) {
            return;
        }
        draining = true;
        try {
            while (!resending.isDone() && outstanding < receiveMaximum && link.isReady()) {
                Gate gate = session.gate();
                if (session.rights().mustWait(gate) || !resending.isNextHere()) {
                    return;
                }
                sendAgain(resending.next(), link, gate);
            }
            while (resending.isDone() && !queue.isEmpty() && link.isReady()) {
                paging.lookAhead();
                Publication message = queue.first();
                Outgoing how = queue.firstOutgoing();
                if (message == null || (how.qos() > 0 && !hasRoom(queue.firstLength()))) {
                    return;
                }
                Reading reading = session.deliveries().reading(message, session.gate());
                if (reading == Reading.LATER) {
                    return;
                }
                tally.removed(queue.firstLength(), how.qos());
                queue.removeFirst();
                if (reading == Reading.MAY && !message.isExpired(loop.clock())) {
                    send(message, how, link);
                } else if (!message.isLost()) {
                    records.done(message.stored(), how, 0);
                }
            }
        } finally {
            draining = false;
        }
        if (queue.isEmpty()) {
            session.subscriptions().continueReplay(link);
        }
    }

    private void send(Publication message, Outgoing how, Link link) {
        if (how.qos() == 0) {
            if (!link.send(message, how, 0, false)) {
                loop.counters().increment(Counter.PUBLISH_DROPPED);
            }
            records.done(message.stored(), how, 0);
            return;
        }
        int id = window.add(message, how);
        outstanding++;
        if (how.qos() == 2 && records.sent(message, how, id)) {
            link.holdUntilKept();
        }
        if (!link.send(message, how, id, false)) {
            forget(id);
            loop.counters().increment(Counter.PUBLISH_DROPPED);
        }
    }

    private void forget(int id) {
        records.done(window.stored(id), window.outgoing(id), id);
        window.remove(id);
        outstanding = Math.max(0, outstanding - 1);
    }

    private void sendAgain(int id, Link link, Gate by) {
        byte state = window.state(id);
        if (state == Window.SENT) {
            outstanding++;
            // The client may be another user now. What waits for a plugin goes on the next link.
            Reading reading = session.deliveries().reading(window.message(id), by);
            boolean isSent = reading == Reading.MAY && link.send(window.message(id), window.outgoing(id), id, true);
            if (!isSent && reading != Reading.LATER) {
                forget(id);
            }
        } else if (state == Window.RELEASED) {
            outstanding++;
            link.release(id);
        }
    }

    /** PUBACK (QoS 1) or PUBCOMP (QoS 2) came, or a PUBREC that refuses the message. */
    public Acknowledged acknowledged(int id, int qos) {
        if (window.state(id) == 0) {
            return Acknowledged.UNKNOWN;
        }
        if (window.qos(id) != qos) {
            return Acknowledged.WRONG_QOS;
        }
        forget(id);
        Link link = session.link();
        if (link != null) {
            drain(link);
            session.congestion().shrank(Math.max(queue.size(), link.backlog()));
        }
        return Acknowledged.DONE;
    }

    /** PUBREC came. */
    public Acknowledged received(int id) {
        if (window.state(id) == 0) {
            return Acknowledged.UNKNOWN;
        }
        if (window.qos(id) != 2) {
            return Acknowledged.WRONG_QOS;
        }
        Link link = session.link();
        if (records.released(window.stored(id), window.outgoing(id), id) && link != null) {
            link.holdUntilKept();
        }
        window.release(id);
        return Acknowledged.DONE;
    }

    /** Gives what another client may be given instead: what was not sent, and what is of QoS 1 [MQTT-4.8.2-5]. */
    void unacknowledged(Consumer<Left> sink) {
        window.unacknowledged(sink);
        queue.promised(sink);
    }

    /** The session is over, but what it has in the store stays there until that is another's; before {@link #clear}. */
    Bequest bequeathed() {
        return records.bequeathed(window, queue);
    }

    /** Throws everything away. */
    void clear() {
        tally.cleared(queue);
        records.ended(window, queue);
        window.clear();
        queue.clear();
        detached();
    }

    private boolean hasRoom(int length) {
        return outstanding < receiveMaximum
                && window.hasRoom(length, session.settings().limits().maxInflightBytes());
    }

    private void dropped(Publication message, Outgoing how) {
        if (how.qos() > 0) {
            records.done(message.stored(), how, 0);
        }
        allowance.exceeded();
    }

    /** Whose it is from now on: a client's queue has the limits of the broker, whoever had it before. */
    void belongsTo(Standing standing) {
        if (standing == Standing.CLIENT) {
            own(null, Window.MOST_IDS);
        }
    }

    /** The session is not a client's: its queue has limits of its own, or null, and Packet Identifiers end at {@code highest}. */
    public void own(@Nullable QueueRules rules, int highest) {
        allowance.own(rules);
        window.highest(highest);
    }

    /** Whether messages of QoS 0 wait while there is no link. */
    boolean queuesQos0WhileAway() {
        return allowance.queuesQos0WhileAway();
    }

    /** What waits, for a person. */
    public Backlog backlog() {
        long now = loop.clock().millis();
        long age = queue.isEmpty() ? 0 : ages.ofFirst(queue.firstNumber(), now);
        return new Backlog(queue.size(), queue.bytes(), window.size(), age, allowance.drops());
    }
}
