// SPDX-License-Identifier: Apache-2.0
package io.culex.core.route;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The routes that one loop has compiled to topics that came more than once, by the bytes of the topics; bounded. Belongs to its loop. */
final class RouteCache {
    private static final int MAX_ENTRIES = 1 << 18;
    private static final int MAX_TOPIC_BYTES = 32 << 20;

    /** What a route takes beside its topic, which it has twice. */
    private static final int ENTRY_BYTES = 160;

    private static final int LEAST_TABLE = 256;

    /** In so many looks all of the table is looked at. */
    private static final int LOOKS = 16;

    /** Longer topics are compiled each time: a few hundred would take the place of all others. */
    private static final int LONGEST = 1024;

    /** Odd: by steps of it every place is come to, near ones at very different times. */
    private static final int STRIDE = 0x9E3779B9;

    private final RouteVersions versions;
    private final TopicsSeen seen;
    private final int loop;
    private final int mostEntries;
    private final int mostTopicBytes;
    private final Glimpses glimpses = new Glimpses();
    private @Nullable Route[] table = new Route[LEAST_TABLE];
    private int size;
    private int topicBytes;
    private int looked;
    private int hand;

    /**
     * An empty one.
     *
     * @param memory the bytes that it may take, about
     */
    RouteCache(RouteVersions versions, TopicsSeen seen, int loop, long memory) {
        this.versions = versions;
        this.seen = seen;
        this.loop = loop;
        this.mostEntries = (int) Math.min(MAX_ENTRIES, memory / 2 / ENTRY_BYTES);
        this.mostTopicBytes = (int) Math.min(MAX_TOPIC_BYTES, memory / 2 / 2);
    }

    /** The route of the topic in the first {@code length} bytes; perhaps of an old version. */
    Route get(byte[] topic, int length) {
        int hash = TopicHash.of(topic, length);
        int mask = table.length - 1;
        int i = hash & mask;
        for (Route route = table[i]; route != null; route = table[i]) {
            if (route.isFor(topic, length, hash)) {
                return route;
            }
            i = (i + 1) & mask;
        }
        Route made = new Route(Arrays.copyOf(topic, length), hash, versions, seen, loop);
        return length <= LONGEST && glimpses.isKnown(hash) ? add(made) : made;
    }

    int size() {
        return size;
    }

    private Route add(Route route) {
        route.keep();
        while (size > 0 && (size >= mostEntries || topicBytes >= mostTopicBytes)) {
            evict();
        }
        if (size * 2 >= table.length) {
            resize(table.length * 2);
        }
        insert(route);
        size++;
        topicBytes += route.topic().length;
        return route;
    }

    /**
     * Drops one route, from anywhere. Which of them are used is not known, for a look-up writes nothing; one that is comes back. If
     * the oldest went, it would be, where slightly too many topics come in turn, always the one that comes next.
     */
    private void evict() {
        Route route;
        do {
            hand = (hand + STRIDE) & (table.length - 1);
            route = table[hand];
        } while (route == null);
        drop(hand, route);
        shrink();
    }

    private void insert(Route route) {
        int mask = table.length - 1;
        int i = route.hash() & mask;
        while (table[i] != null) {
            i = (i + 1) & mask;
        }
        table[i] = route;
    }

    /**
     * Looks at a part of the table and drops what subscriptions have changed about since it was used last: it may hold sessions that
     * are over, and would be compiled again anyway. To be called again and again.
     */
    void dropStale() {
        for (int i = table.length / LOOKS; i > 0; i--) {
            looked = (looked + 1) & (table.length - 1);
            Route route = table[looked];
            while (route != null && !route.isCurrent(versions)) {
                drop(looked, route);
                route = table[looked];
            }
        }
        shrink();
    }

    private void shrink() {
        if (table.length > LEAST_TABLE && size * 8 < table.length) {
            resize(table.length / 2);
        }
    }

    private void drop(int place, Route route) {
        route.dropped();
        size--;
        topicBytes -= route.topic().length;
        int mask = table.length - 1;
        int gap = place;
        for (int i = (place + 1) & mask; ; i = (i + 1) & mask) {
            Route next = table[i];
            if (next == null) {
                break;
            }
            // One that is looked for from the gap or from before it would not be found behind it.
            if (((i - next.hash()) & mask) >= ((i - gap) & mask)) {
                table[gap] = next;
                gap = i;
            }
        }
        table[gap] = null;
    }

    private void resize(int length) {
        @Nullable Route[] old = table;
        table = new Route[length];
        for (Route route : old) {
            if (route != null) {
                insert(route);
            }
        }
    }
}
