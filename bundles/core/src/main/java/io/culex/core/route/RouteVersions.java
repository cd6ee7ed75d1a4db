// SPDX-License-Identifier: Apache-2.0
package io.culex.core.route;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Says whether what was compiled for a topic still holds. A filter moves one counter: that of its first two levels, that of
 * its first level when the second is a wildcard or absent, or the one for all when the first is a wildcard. A topic depends on
 * three of them; each only grows, so their sum is equal only when all three are.
 */
final class RouteVersions {
    private static final int SLOTS = 1024;
    private static final int ALL = SLOTS;

    private final AtomicLongArray counters = new AtomicLongArray(SLOTS + 1);

    /** The slots that a topic depends on. */
    record Slots(int first, int second) {}

    /** Tells that a filter was added or taken away; after the tree has changed. */
    void changed(String filter) {
        counters.incrementAndGet(slotOf(filter));
    }

    /** Makes every route be compiled again. */
    public void changedAll() {
        counters.incrementAndGet(ALL);
    }

    /** The slots of a Topic Name. */
    Slots slots(String topic) {
        int end = topic.indexOf('/');
        if (end < 0) {
            int only = hash(topic, topic.length());
            return new Slots(only, only);
        }
        return new Slots(hash(topic, end), hash(topic, secondEnd(topic, end)));
    }

    /** The version of those slots now; read before the tree is walked. */
    long version(int first, int second) {
        return counters.get(first) + counters.get(second) + counters.get(ALL);
    }

    private static int slotOf(String filter) {
        int end = filter.indexOf('/');
        int firstEnd = end < 0 ? filter.length() : end;
        if (isWildcard(filter, 0, firstEnd)) {
            return ALL;
        }
        if (end < 0) {
            return hash(filter, firstEnd);
        }
        int secondEnd = secondEnd(filter, end);
        return isWildcard(filter, end + 1, secondEnd) ? hash(filter, end) : hash(filter, secondEnd);
    }

    private static int secondEnd(String path, int firstEnd) {
        int end = path.indexOf('/', firstEnd + 1);
        return end < 0 ? path.length() : end;
    }

    private static boolean isWildcard(String path, int from, int end) {
        return end - from == 1 && (path.charAt(from) == '+' || path.charAt(from) == '#');
    }

    private static int hash(String path, int end) {
        int hash = 17;
        for (int i = 0; i < end; i++) {
            hash = 31 * hash + path.charAt(i);
        }
        return (hash ^ (hash >>> 15)) & (SLOTS - 1);
    }
}
