// SPDX-License-Identifier: Apache-2.0
package io.culex.core.route;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The routes that one loop has compiled to topics that came more than once, by the bytes of the topics; bounded. Belongs to its loop. */
final class RouteCache {
    private static final int MAX_ENTRIES = 1 << 18;
    private static final int MAX_TOPIC_BYTES = 32 << 20;

    /** Longer topics are compiled each time: a few hundred would take the place of all others. */
    private static final int LONGEST = 1024;

    private final RouteVersions versions;
    private final TopicsSeen seen;
    private final int loop;
    private final Glimpses glimpses = new Glimpses();
    private @Nullable Route[] table = new Route[256];
    private int size;
    private int topicBytes;

    RouteCache(RouteVersions versions, TopicsSeen seen, int loop) {
        this.versions = versions;
        this.seen = seen;
        this.loop = loop;
    }

    /** The route of the topic in the first {@code length} bytes; perhaps of an old version. */
    Route get(byte[] topic, int length) {
        int hash = hash(topic, length);
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
        if (size >= MAX_ENTRIES || topicBytes >= MAX_TOPIC_BYTES) {
            table = new Route[256];
            size = 0;
            topicBytes = 0;
        } else if (size * 2 >= table.length) {
            grow();
        }
        insert(route);
        size++;
        topicBytes += route.topic().length;
        return route;
    }

    private void insert(Route route) {
        int mask = table.length - 1;
        int i = route.hash() & mask;
        while (table[i] != null) {
            i = (i + 1) & mask;
        }
        table[i] = route;
    }

    private void grow() {
        @Nullable Route[] old = table;
        table = new Route[old.length * 2];
        for (Route route : old) {
            if (route != null) {
                insert(route);
            }
        }
    }

    static int hash(byte[] bytes, int length) {
        int hash = 1;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + bytes[i];
        }
        // Topics that differ in their last digit must not be neighbours.
        hash *= 0x9E3779B9;
        return hash ^ (hash >>> 16);
    }
}
