// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.aclfile;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Rules compiled to a tree of topic levels, asked without making any object. A topic's bits are those of all rules that match it:
 * as a matching {@code deny} beats every other rule, and one rule that grants is enough, their order in the file is of no
 * consequence (SPEC C.2). Immutable.
 */
final class RuleTree {
    private final String[] levels;
    private final RuleTree[] children;
    private final @Nullable RuleTree any;
    private final @Nullable RuleTree user;
    private final @Nullable RuleTree client;
    private final int here;
    private final int below;

    private RuleTree(Builder from) {
        levels = from.children.keySet().toArray(new String[0]);
        children = from.children.values().stream().map(RuleTree::new).toArray(RuleTree[]::new);
        any = from.any == null ? null : new RuleTree(from.any);
        user = from.user == null ? null : new RuleTree(from.user);
        client = from.client == null ? null : new RuleTree(from.client);
        here = from.here;
        below = from.below;
    }

    /** Takes rules; belongs to one thread. */
    static final class Builder {
        private final Map<String, Builder> children = new TreeMap<>();
        private @Nullable Builder any;
        private @Nullable Builder user;
        private @Nullable Builder client;
        private int here;
        private int below;

        /** A rule of a {@code topic} line. */
        void add(String filter, Grant grant) {
            add(filter.split("/", -1), false, grant);
        }

        /** A rule of a {@code pattern} line: {@code %u} and {@code %c} stand for a whole level. */
        void addPattern(String filter, Grant grant) {
            add(filter.split("/", -1), true, grant);
        }

        private void add(String[] path, boolean pattern, Grant grant) {
            Builder at = this;
            for (String level : path) {
                if (level.equals("#")) {
                    at.below |= grant.bits();
                    return;
                }
                at = at.child(level, pattern);
            }
            at.here |= grant.bits();
        }

        private Builder child(String level, boolean pattern) {
            if (level.equals("+")) {
                any = any == null ? new Builder() : any;
                return any;
            }
            if (pattern && level.equals("%u")) {
                user = user == null ? new Builder() : user;
                return user;
            }
            if (pattern && level.equals("%c")) {
                client = client == null ? new Builder() : client;
                return client;
            }
            return children.computeIfAbsent(level, l -> new Builder());
        }

        RuleTree build() {
            return new RuleTree(this);
        }
    }

    /** The bits of all rules that match a topic. */
    int bits(String topic) {
        return bits(topic, null, null);
    }

    /**
     * The bits of all patterns that match a topic. A name matches one level literally; one that is null or empty matches none.
     */
    int bits(String topic, @Nullable String username, @Nullable String clientId) {
        if (topic.startsWith("$")) {
            // Only a filter that begins with '$' itself is meant for such a topic.
            RuleTree child = child(topic, 0, levelEnd(topic, 0));
            return child == null ? 0 : child.entered(topic, levelEnd(topic, 0), username, clientId);
        }
        return walk(topic, 0, username, clientId);
    }

    private int walk(String topic, int from, @Nullable String username, @Nullable String clientId) {
        int end = levelEnd(topic, from);
        int bits = below;
        RuleTree child = child(topic, from, end);
        if (child != null) {
            bits |= child.entered(topic, end, username, clientId);
        }
        if (any != null) {
            bits |= any.entered(topic, end, username, clientId);
        }
        if (user != null && isLevel(username, topic, from, end)) {
            bits |= user.entered(topic, end, username, clientId);
        }
        if (client != null && isLevel(clientId, topic, from, end)) {
            bits |= client.entered(topic, end, username, clientId);
        }
        return bits;
    }

    /** The level that ends there belongs to this node; {@code a/#} matches {@code a} as well [MQTT-4.7.1-2]. */
    private int entered(String topic, int end, @Nullable String username, @Nullable String clientId) {
        return end == topic.length() ? here | below : walk(topic, end + 1, username, clientId);
    }

    private @Nullable RuleTree child(String topic, int from, int end) {
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
