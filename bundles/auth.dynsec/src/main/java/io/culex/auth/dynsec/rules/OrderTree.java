// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec.rules;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Topic Filters in an order, compiled to a tree of levels: finds the first of them that matches a topic, without making any
 * object and without looking at those that cannot match. Immutable; any thread.
 */
final class OrderTree {
    /** No filter matches. */
    static final int NONE = Integer.MAX_VALUE;

    private final String[] levels;
    private final OrderTree[] children;
    private final @Nullable OrderTree any;
    private final @Nullable OrderTree user;
    private final @Nullable OrderTree client;
    private final int here;
    private final int below;

    private OrderTree(Builder from) {
        levels = from.children.keySet().toArray(new String[0]);
        children = from.children.values().stream().map(OrderTree::new).toArray(OrderTree[]::new);
        any = from.any == null ? null : new OrderTree(from.any);
        user = from.user == null ? null : new OrderTree(from.user);
        client = from.client == null ? null : new OrderTree(from.client);
        here = from.here;
        below = from.below;
    }

    /** Takes filters in their order; belongs to one thread. */
    static final class Builder {
        private final Map<String, Builder> children = new TreeMap<>();
        private @Nullable Builder any;
        private @Nullable Builder user;
        private @Nullable Builder client;
        private int here = NONE;
        private int below = NONE;

        /** {@code %u} and {@code %c} stand for a whole level. What is no valid filter matches no topic. */
        void add(String filter, int number) {
            String[] path = filter.split("/", -1);
            Builder at = this;
            for (int i = 0; i < path.length; i++) {
                if (path[i].equals("#") && i == path.length - 1) {
                    at.below = Math.min(at.below, number);
                    return;
                }
                at = at.child(path[i]);
            }
            at.here = Math.min(at.here, number);
        }

        private Builder child(String level) {
            switch (level) {
                case "+" -> {
                    any = any == null ? new Builder() : any;
                    return any;
                }
                case "%u" -> {
                    user = user == null ? new Builder() : user;
                    return user;
                }
                case "%c" -> {
                    client = client == null ? new Builder() : client;
                    return client;
                }
                default -> {
                    return children.computeIfAbsent(level, l -> new Builder());
                }
            }
        }

        OrderTree build() {
            return new OrderTree(this);
        }
    }

    /** The number of the first filter that matches; names that are null or empty match no level. */
    int first(String topic, @Nullable String username, @Nullable String clientId) {
        if (topic.startsWith("$")) {
            // Only a filter that begins with '$' itself is meant for such a topic [MQTT-4.7.2-1].
            int end = levelEnd(topic, 0);
            OrderTree child = child(topic, 0, end);
            return child == null ? NONE : child.entered(topic, end, username, clientId);
        }
        return walk(topic, 0, username, clientId);
    }

    private int walk(String topic, int from, @Nullable String username, @Nullable String clientId) {
        int end = levelEnd(topic, from);
        int first = below;
        OrderTree child = child(topic, from, end);
        if (child != null) {
            first = Math.min(first, child.entered(topic, end, username, clientId));
        }
        if (any != null) {
            first = Math.min(first, any.entered(topic, end, username, clientId));
        }
        if (user != null && isLevel(username, topic, from, end)) {
            first = Math.min(first, user.entered(topic, end, username, clientId));
        }
        if (client != null && isLevel(clientId, topic, from, end)) {
            first = Math.min(first, client.entered(topic, end, username, clientId));
        }
        return first;
    }

    /** The level that ends there belongs to this node; {@code a/#} matches {@code a} as well [MQTT-4.7.1-2]. */
    private int entered(String topic, int end, @Nullable String username, @Nullable String clientId) {
        return end == topic.length() ? Math.min(here, below) : walk(topic, end + 1, username, clientId);
    }

    private @Nullable OrderTree child(String topic, int from, int end) {
        int low = 0;
        int high = levels.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = compare(levels[middle], topic, from, end);
            if (order == 0) {
                return children[middle];
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return null;
    }

    /** As {@link String#compareTo}, which the levels are sorted by. */
    private static int compare(String level, String topic, int from, int end) {
        int shorter = Math.min(level.length(), end - from);
        for (int i = 0; i < shorter; i++) {
            int difference = level.charAt(i) - topic.charAt(from + i);
            if (difference != 0) {
                return difference;
            }
        }
        return level.length() - (end - from);
    }

    private static boolean isLevel(@Nullable String name, String topic, int from, int end) {
        return name != null
                && !name.isEmpty()
                && name.length() == end - from
                && topic.regionMatches(from, name, 0, name.length());
    }

    private static int levelEnd(String topic, int from) {
        int end = topic.indexOf('/', from);
        return end < 0 ? topic.length() : end;
    }
}
