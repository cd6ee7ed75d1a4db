// SPDX-License-Identifier: Apache-2.0
package io.culex.core.route;

import io.culex.core.loop.Clock;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The retained messages, one per topic. Readers never lock; changes of one topic serialize. Any thread.
 */
public final class Retained {
    private final Node root = new Node("");
    private final AtomicLong count = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong versions = new AtomicLong();
    private final Clock clock;
    private final ObjLongConsumer<byte[]> expired;

    /**
     * None yet.
     *
     * @param expired is told the topic of a stored message that has expired, and the version of its end
     */
    Retained(Clock clock, ObjLongConsumer<byte[]> expired) {
        this.clock = clock;
        this.expired = expired;
    }

    /** How many there are, expired ones that nobody has asked for included. */
    public long count() {
        return count.get();
    }

    /** Their payload in bytes. */
    public long bytes() {
        return bytes.get();
    }

    /** Keeps the message for its topic; one without payload deletes what is kept [MQTT-3.3.1-5, MQTT-3.3.1-6]. */
    public void set(Publication message) {
        set(message, version -> {});
    }

    /**
     * The same, for one that is to be recorded.
     *
     * @param record is given the version of the change, while no other change of the topic can happen
     */
    void set(Publication message, LongConsumer record) {
        root.change(message.topicText(), node -> {
            long version = versions.incrementAndGet();
            record.accept(version);
            put(node, message.payload().length == 0 ? null : message, version);
        });
    }

    /** Takes up a message that the store has kept; versions go on above every one that was found. */
    public void found(Publication message, long version) {
        foundVersion(version);
        root.change(message.topicText(), node -> put(node, message, version));
    }

    /** Versions go on above this one: to the store a lower one would be a change that came late. */
    public void foundVersion(long version) {
        versions.accumulateAndGet(version, Math::max);
    }

    private void put(Node node, @Nullable Publication message, long version) {
        account(node.message, message);
        node.version = version;
        node.message = message;
    }

    private void account(@Nullable Publication before, @Nullable Publication after) {
        count.addAndGet((after == null ? 0 : 1) - (before == null ? 0 : 1));
        bytes.addAndGet((after == null ? 0 : after.payload().length) - (before == null ? 0 : before.payload().length));
    }

    /** The payload of what is retained for one topic. Any thread. */
    public int bytesOf(String topic) {
        int[] bytes = {0};
        match(topic, message -> bytes[0] = message.payload().length);
        return bytes[0];
    }

    /** Gives every message whose topic matches a filter; an expired one is removed instead. */
    public void match(String filter, Consumer<Publication> sink) {
        matchVersions(filter, (message, version) -> sink.accept(message));
    }

    /** The same with the version of the change that made each the retained one. */
    public void matchVersions(String filter, ObjLongConsumer<Publication> sink) {
        walk(root, filter, 0, true, sink);
    }

    /** The version of the latest change of any topic. */
    public long latest() {
        return versions.get();
    }

    /** Whether the message is still the one that is kept for its topic. */
    public boolean isCurrent(Publication message) {
        String topic = message.topicText();
        @Nullable Node node = root;
        for (int from = 0; from >= 0 && node != null; from = TopicTree.nextLevel(topic, from)) {
            node = node.child(TopicTree.level(topic, from));
        }
        return node != null && node.message == message;
    }

    /** Whether nothing is left of the messages that there were. */
    boolean isEmpty() {
        return root.isEmpty();
    }

    /** Removes every expired message. */
    public void sweep() {
        visit(root, false, (message, version) -> {});
    }

    private void walk(Node node, String filter, int from, boolean first, ObjLongConsumer<Publication> sink) {
        if (from < 0) {
            give(node, sink);
            return;
        }
        String level = TopicTree.level(filter, from);
        if (level.equals("#")) {
            if (!first) {
                give(node, sink);
            }
            visit(node, first, sink);
            return;
        }
        int next = TopicTree.nextLevel(filter, from);
        if (level.equals("+")) {
            node.forEachChild(child -> {
                if (!first || !isReserved(child)) {
                    walk(child, filter, next, false, sink);
                }
            });
            return;
        }
        Node child = node.child(level);
        if (child != null) {
            walk(child, filter, next, false, sink);
        }
    }

    private void visit(Node node, boolean skipReserved, ObjLongConsumer<Publication> sink) {
        node.forEachChild(child -> {
            if (!skipReserved || !isReserved(child)) {
                give(child, sink);
                visit(child, false, sink);
            }
        });
    }

    /** Wildcards do not meet topics of that kind at the first level [MQTT-4.7.2-1]. */
    private static boolean isReserved(Node first) {
        return first.level().startsWith("$");
    }

    private void give(Node node, ObjLongConsumer<Publication> sink) {
        Publication message = node.message;
        if (message == null) {
            return;
        }
        if (message.isExpired(clock)) {
            root.changeKnown(message.topicText(), current -> end(current, message));
            return;
        }
        sink.accept(message, node.version);
    }

    private void end(Node node, Publication message) {
        if (node.message != message) {
            return;
        }
        account(message, null);
        node.message = null;
        if (message.stored() != 0) {
            expired.accept(message.topic(), versions.incrementAndGet());
        }
    }

    private static final class Node extends TopicNode<Node> {
        private volatile long version;
        private volatile @Nullable Publication message;

        Node(String level) {
            super(level);
        }

        @Override
        Node newChild(String name) {
            return new Node(name);
        }

        @Override
        boolean isEmpty() {
            return message == null && isLeaf();
        }
    }
}
