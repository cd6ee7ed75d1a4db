// SPDX-License-Identifier: Apache-2.0
package io.culex.core.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class TopicNodeTest {
    private final Named root = new Named("");

    private static final class Named extends TopicNode<Named> {
        private volatile boolean stands;

        Named(String level) {
            super(level);
        }

        @Override
        boolean isEmpty() {
            return !stands && isLeaf();
        }

        @Override
        Named newChild(String name) {
            return new Named(name);
        }
    }

    private Named put(String path) {
        Named[] put = new Named[1];
        root.change(path, node -> {
            node.stands = true;
            put[0] = node;
        });
        return put[0];
    }

    private void drop(String path) {
        root.change(path, node -> node.stands = false);
    }

    private Set<String> names() {
        Set<String> names = new HashSet<>();
        root.forEachChild(child -> assertTrue(names.add(child.level()), child.level()));
        return names;
    }

    @Test
    void holdsWhatAMapWouldHold() {
        Random random = new Random(3);
        Map<String, Named> model = new HashMap<>();
        for (int i = 0; i < 200_000; i++) {
            // A growing and a shrinking half, so that there are many places of children that went.
            String name = "n" + random.nextInt(i < 100_000 ? 5_000 : 300);
            if (random.nextInt(5) < (i < 100_000 ? 3 : 2)) {
                Named child = put(name);
                Named known = model.putIfAbsent(name, child);
                assertSame(known == null ? child : known, root.child(name));
            } else {
                drop(name);
                model.remove(name);
                assertNull(root.child(name));
            }
        }
        assertEquals(model.keySet(), names());
        model.forEach((name, child) -> assertSame(child, root.child(name)));
        names().forEach(this::drop);
        assertTrue(root.isLeaf());
        assertEquals(Set.of(), names());
    }

    @Test
    void namesOfAnyKindAreApart() {
        for (String name : new String[] {"", "+", "#", "a", "$", "Aa", "BB"}) {
            assertNull(root.child(name));
            assertEquals(name, put(name).level());
        }
        drop("Aa");
        assertEquals("BB", put("BB").level());
        assertNull(root.child("Aa"));
        assertEquals(Set.of("", "+", "#", "a", "$", "BB"), names());
    }

    @Test
    void readersAlwaysFindWhatWasThereAllTheWhile() throws Exception {
        Named stays = put("stays");
        AtomicBoolean ends = new AtomicBoolean();
        ExecutorService reader = Executors.newSingleThreadExecutor();
        try {
            Future<Long> reads = reader.submit(() -> {
                long count = 0;
                while (!ends.get()) {
                    assertSame(stays, root.child("stays"));
                    assertNull(root.child("never"));
                    // One that goes and comes again meanwhile may be seen twice.
                    Set<Named> seen = new HashSet<>();
                    root.forEachChild(seen::add);
                    assertTrue(seen.contains(stays));
                    count++;
                }
                return count;
            });
            Random random = new Random(7);
            for (int i = 0; i < 300_000; i++) {
                String name = "n" + random.nextInt(200);
                if (random.nextBoolean()) {
                    put(name);
                } else {
                    drop(name);
                }
            }
            ends.set(true);
            assertTrue(reads.get() > 0);
        } finally {
            ends.set(true);
            reader.shutdownNow();
        }
    }

    @Test
    void aPathComesWithItsFirstNodeAndGoesWithItsLast() {
        put("a/b/c");
        put("a/b");
        drop("a/b/c");
        assertEquals(Set.of("a"), names());
        Set<String> left = new HashSet<>();
        collect(root, "", left);
        assertEquals(Set.of("a/b"), left);
        drop("a/b");
        drop("never/there");
        assertTrue(root.isLeaf());
    }

    @Test
    void aChangeThatFailsLeavesNoPathToNothing() {
        put("a/b");
        for (String path : new String[] {"a/c/d", "e/f", "a/b/c"}) {
            assertThrows(
                    IllegalStateException.class,
                    () -> root.change(path, node -> {
                        throw new IllegalStateException("no room");
                    }));
        }
        Set<String> left = new HashSet<>();
        collect(root, "", left);
        assertEquals(Set.of("a/b"), left);
        drop("a/b");
        assertTrue(root.isLeaf());
    }

    @Test
    void whatIsNotThereIsNotMadeToBeChanged() {
        put("a/b");
        root.changeKnown("a/c", node -> node.stands = true);
        root.changeKnown("a/b/c", node -> node.stands = true);
        root.changeKnown("a/b", node -> node.stands = false);
        assertTrue(root.isLeaf());
    }

    /** With a new table for each one, of the size that it had, this took most of a minute. */
    @Test
    void oneThatComesAndGoesWhereTheTableIsFullCostsNoTableEachTime() {
        for (int i = 0; i < (1 << 16) - 1; i++) {
            put("n" + i);
        }
        assertTimeout(Duration.ofSeconds(20), () -> {
            for (int i = 0; i < 20_000; i++) {
                put("other" + i);
                drop("other" + i);
            }
        });
    }

    @Test
    void nothingIsLostWhereSeveralPutAndDropBelowTheSameNodes() throws Exception {
        int threads = 4;
        List<Set<String>> models = new ArrayList<>();
        ExecutorService writers = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                Set<String> model = new HashSet<>();
                models.add(model);
                int own = t;
                all.add(writers.submit(() -> putAndDrop(new Random(own), "/" + own, model)));
            }
            for (Future<?> writer : all) {
                writer.get();
            }
        } finally {
            writers.shutdownNow();
        }
        Set<String> found = new HashSet<>();
        collect(root, "", found);
        Set<String> expected = new HashSet<>();
        models.forEach(expected::addAll);
        assertEquals(expected, found);
        expected.forEach(this::drop);
        assertTrue(root.isLeaf());
    }

    private void putAndDrop(Random random, String end, Set<String> model) {
        for (int i = 0; i < 200_000; i++) {
            // Few of them, so that the nodes above come and go all the time.
            String path = random.nextInt(2) + "/" + random.nextInt(2) + end;
            if (random.nextBoolean()) {
                put(path);
                model.add(path);
            } else {
                drop(path);
                model.remove(path);
            }
        }
    }

    private static void collect(Named node, String path, Set<String> found) {
        node.forEachChild(child -> {
            String below = path.isEmpty() ? child.level() : path + "/" + child.level();
            if (child.stands) {
                assertTrue(found.add(below), below);
            }
            collect(child, below, found);
        });
    }
}
