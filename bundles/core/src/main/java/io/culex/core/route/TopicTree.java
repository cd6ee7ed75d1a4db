// SPDX-License-Identifier: Apache-2.0
package io.culex.core.route;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All subscriptions, by the levels of their filters. Readers never lock; changes of one filter serialize. After each change
 * the {@link RouteVersions} of the filter move on, so that routes compiled before are compiled again.
 */
public final class TopicTree {
    private final Node root = new Node("");
    private final RouteVersions versions = new RouteVersions();
    private final int loops;
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicInteger sharedCount = new AtomicInteger();

    /** An empty tree for a broker of {@code loops} loops. */
    public TopicTree(int loops) {
        this.loops = loops;
    }

    /** Takes what matches a topic. */
    public interface Sink {
        /** An ordinary subscription. */
        void subscription(Subscription subscription);

        /** A shared one, as a group. */
        void group(ShareGroup group);
    }

    /** The versions of the routes through this tree. */
    RouteVersions versions() {
        return versions;
    }

    /** How many ordinary subscriptions there are. */
    public int count() {
        return count.get();
    }

    /** How many shared subscriptions there are. */
    public int sharedCount() {
        return sharedCount.get();
    }

    /** Adds a subscription, in the place of {@code old} when that is given (same receiver, same filter). Any thread. */
    public void add(Subscription subscription, @Nullable Subscription old) {
        String path = subscription.path();
        root.change(path, node -> node.put(subscription, old, loops));
        if (old == null) {
            counter(subscription).incrementAndGet();
        }
        versions.changed(path);
    }

    /** Takes a subscription away. Any thread. */
    public void remove(Subscription subscription) {
        String path = subscription.path();
        root.changeKnown(path, node -> node.take(subscription));
        counter(subscription).decrementAndGet();
        versions.changed(path);
    }

    private AtomicInteger counter(Subscription subscription) {
        return subscription.share() == null ? count : sharedCount;
    }

    /** Gives everything that matches a Topic Name to the sink. Any thread, without a lock. */
    public void match(String topic, Sink sink) {
        walk(root, topic, 0, topic.charAt(0) == '$', sink);
    }

    private static void walk(Node node, String topic, int from, boolean reserved, Sink sink) {
        if (!reserved) {
            // "a/#" matches "a" too, so this stands before the end of the topic is looked at [MQTT-4.7.1-2].
            Node rest = node.child("#");
            if (rest != null) {
                rest.give(sink);
            }
        }
        if (from < 0) {
            node.give(sink);
            return;
        }
        int next = nextLevel(topic, from);
        Node plus = reserved ? null : node.child("+");
        if (plus != null) {
            walk(plus, topic, next, false, sink);
        }
        Node child = node.child(level(topic, from));
        if (child != null) {
            walk(child, topic, next, false, sink);
        }
    }

    /** Shows every node that has subscriptions, with its levels joined, in no order. Any thread. */
    public void forEach(Consumer<Subscription> sink) {
        visit(root, sink);
    }

    /** Whether nothing is left of the subscriptions that there were. */
    boolean isEmpty() {
        return root.isEmpty();
    }

    private static void visit(Node node, Consumer<Subscription> sink) {
        node.subscriptions(sink);
        node.forEachChild(child -> visit(child, sink));
    }

    static String level(String path, int from) {
        int end = path.indexOf('/', from);
        return end < 0 ? path.substring(from) : path.substring(from, end);
    }

    static int nextLevel(String path, int from) {
        int end = path.indexOf('/', from);
        return end < 0 ? -1 : end + 1;
    }

    /** One level of a filter. Written by changes of the filter only. */
    private static final class Node extends TopicNode<Node> {
        private volatile @Nullable SubscriberSet subscribers;
        private volatile @Nullable Map<String, ShareGroup> groups;

        Node(String level) {
            super(level);
        }

        @Override
        Node newChild(String name) {
            return new Node(name);
        }

        void put(Subscription subscription, @Nullable Subscription old, int loops) {
            String share = subscription.share();
            if (share != null) {
                Map<String, ShareGroup> now = groups;
                if (now == null) {
                    now = new ConcurrentHashMap<>(2);
                    groups = now;
                }
                ShareGroup group = now.computeIfAbsent(share, name -> new ShareGroup(name, subscription.path(), loops));
                if (old == null) {
                    group.add(subscription);
                } else {
                    group.replace(old, subscription);
                }
                return;
            }
            SubscriberSet set = subscribers;
            if (set == null) {
                set = new SubscriberSet();
                subscribers = set;
            }
            if (old == null) {
                set.add(subscription);
            } else {
                set.replace(old, subscription);
            }
        }

        void take(Subscription subscription) {
            Map<String, ShareGroup> shared = groups;
            SubscriberSet set = subscribers;
            String share = subscription.share();
            if (share == null && set != null) {
                set.remove(subscription);
                if (set.isEmpty()) {
                    subscribers = null;
                }
            } else if (share != null && shared != null) {
                ShareGroup group = shared.get(share);
                if (group != null) {
                    group.remove(subscription);
                    if (group.members().length == 0) {
                        shared.remove(share);
                    }
                }
            }
        }

        @Override
        boolean isEmpty() {
            Map<String, ShareGroup> shared = groups;
            return subscribers == null && (shared == null || shared.isEmpty()) && isLeaf();
        }

        void give(Sink sink) {
            SubscriberSet set = subscribers;
            if (set != null) {
                set.forEach(sink::subscription);
            }
            Map<String, ShareGroup> shared = groups;
            if (shared != null) {
                shared.values().forEach(sink::group);
            }
        }

        void subscriptions(Consumer<Subscription> sink) {
            SubscriberSet set = subscribers;
            if (set != null) {
                set.forEach(sink);
            }
            Map<String, ShareGroup> shared = groups;
            if (shared != null) {
                shared.values().forEach(group -> Arrays.stream(group.members()).forEach(sink));
            }
        }
    }
}
