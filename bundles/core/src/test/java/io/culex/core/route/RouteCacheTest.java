// SPDX-License-Identifier: Apache-2.0
package io.culex.core.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RouteCacheTest {
    private final RouteCache cache = new RouteCache(new RouteVersions(), new TopicsSeen(1), 0);

    private Route once(String topic) {
        byte[] bytes = Samples.utf8(topic + " and what stood in the buffer before");
        return cache.get(bytes, Samples.utf8(topic).length);
    }

    /** As often as it takes until it is kept. */
    private Route get(String topic) {
        Route route = once(topic);
        for (int i = 0; i < 64 && route.isForOnce(); i++) {
            route = once(topic);
        }
        return route;
    }

    @Test
    void keepsNoRouteOfATopicThatComesOnce() {
        Route first = once("a");
        assertTrue(first.isForOnce());
        assertEquals(0, cache.size());
        Route second = once("a");
        assertFalse(second.isForOnce());
        assertEquals(1, cache.size());
        assertSame(second, once("a"));
    }

    @Test
    void findsARouteByTheBytesOfItsTopic() {
        Route route = get("a/b");
        assertEquals("a/b", route.text());
        assertEquals("a/b", new String(route.topic(), java.nio.charset.StandardCharsets.UTF_8));
        for (int i = 0; i < 5_000; i++) {
            assertEquals("a/b" + i, get("a/b" + i).text());
        }
        assertSame(route, get("a/b"));
        assertEquals(5_001, cache.size());
    }

    @Test
    void aLongTopicIsCompiledForOnce() {
        assertTrue(get("x".repeat(1025)).isForOnce());
        assertEquals(0, cache.size());
        assertFalse(get("x".repeat(1024)).isForOnce());
    }

    @Test
    void isBoundedInBytes() {
        String large = "x".repeat(1_000);
        int largest = 0;
        for (int i = 0; i < 50_000; i++) {
            get(large + i);
            largest = Math.max(largest, cache.size());
        }
        assertTrue(largest * 1_000L <= 33L << 20, largest + " topics of 1 kB");
        assertTrue(cache.size() < largest);
        assertEquals(large + 1, get(large + 1).text());
    }

    @Test
    void isBoundedInEntries() {
        int largest = 0;
        for (int i = 0; i < 300_000; i++) {
            get("t" + i);
            largest = Math.max(largest, cache.size());
        }
        assertTrue(largest <= 1 << 18, largest + " entries");
        assertTrue(cache.size() < largest);
    }
}
