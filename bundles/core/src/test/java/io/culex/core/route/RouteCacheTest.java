// SPDX-License-Identifier: Apache-2.0
package io.culex.core.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.core.loop.InlineLoops;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RouteCacheTest {
    private static final int ALL_LOOKS = 16;

    private final InlineLoops loops = new InlineLoops(1);
    private final TopicTree tree = new TopicTree(1);
    private RouteCache cache = cacheOf(Long.MAX_VALUE);

    private RouteCache cacheOf(long memory) {
        return new RouteCache(tree.versions(), new TopicsSeen(1), 0, memory);
    }

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
        assertTrue(cache.size() > largest * 0.99, cache.size() + " of " + largest);
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
        assertEquals(largest, cache.size());
    }

    @Test
    void slightlyTooManyTopicsInTurnFindMostOfTheirRoutes() {
        cache = cacheOf(1 << 20);
        Route[] routes = new Route[3_440];
        int found = 0;
        for (int round = 0; round < 30; round++) {
            found = 0;
            for (int i = 0; i < routes.length; i++) {
                Route route = once("sensor/" + i);
                assertEquals("sensor/" + i, route.text());
                found += route == routes[i] ? 1 : 0;
                routes[i] = route;
            }
        }
        assertTrue(cache.size() < routes.length, cache.size() + " entries");
        assertTrue(found > routes.length * 0.8, found + " of " + routes.length);
    }

    @Test
    void whoHasARouteThatMadeRoomLooksItsTopicUpAgain() {
        cache = cacheOf(64 << 10);
        Route first = get("first");
        for (int i = 0; i < 2_000 && !first.isForOnce(); i++) {
            get("t" + i);
        }
        assertTrue(first.isForOnce());
        assertNotSame(first, get("first"));
    }

    @Test
    void aSmallHeapHasRoomForFewer() {
        cache = cacheOf(1 << 20);
        int largest = 0;
        for (int i = 0; i < 20_000; i++) {
            get("t" + i);
            largest = Math.max(largest, cache.size());
        }
        assertTrue(largest >= 2_000 && largest <= 4_000, largest + " entries in 1 MB");
        String large = "x".repeat(1_000);
        for (int i = 0; i < 2_000; i++) {
            get(large + i);
            assertTrue(cache.size() <= 4_000);
        }
        assertTrue(cache.size() <= 300, cache.size() + " topics of 1 kB in 1 MB");
    }

    private Route compiled(String topic) {
        Route route = get(topic);
        route.refresh(tree, new ReceiverCollector(1), loops.get(0));
        return route;
    }

    private void dropStale() {
        for (int i = 0; i < ALL_LOOKS; i++) {
            cache.dropStale();
        }
    }

    @Test
    void holdsNoReceiverOfASubscriptionThatIsGone() {
        Route other = compiled("other/1");
        Subscription subscription = Samples.subscription(new FakeReceiver(loops.get(0)), "reply/1", 0);
        tree.add(subscription, null);
        Route route = compiled("reply/1");
        assertEquals(1, route.local().length);
        dropStale();
        assertSame(route, once("reply/1"));
        tree.remove(subscription);
        dropStale();
        assertEquals(1, cache.size());
        assertSame(other, once("other/1"));
        assertNotSame(route, once("reply/1"));
        assertTrue(route.isForOnce());
    }

    @Test
    void dropsTheStaleRoutesAndFindsAllOthers() {
        Random random = new Random(7);
        Map<String, Route> current = new HashMap<>();
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < 300; i++) {
                String topic = random.nextInt(8) + "/" + random.nextInt(40) + "/" + random.nextInt(1_000);
                current.put(topic, compiled(topic));
            }
            String gone = random.nextInt(8) + "/" + random.nextInt(40);
            tree.versions().changed(gone + "/x");
            RouteVersions.Slots slots = tree.versions().slots(gone + "/x");
            current.keySet().removeIf(topic -> depends(topic, slots));
            dropStale();
            assertEquals(current.size(), cache.size());
            current.forEach((topic, route) -> assertSame(route, once(topic)));
        }
        tree.versions().changedAll();
        for (int i = 0; i < 10; i++) {
            dropStale();
        }
        assertEquals(0, cache.size());
        assertEquals("a", get("a").text());
    }

    /** Whether a change of a filter moves what the topic's route depends on. */
    private boolean depends(String topic, RouteVersions.Slots changed) {
        RouteVersions.Slots own = tree.versions().slots(topic);
        return own.first() == changed.second() || own.second() == changed.second();
    }
}
