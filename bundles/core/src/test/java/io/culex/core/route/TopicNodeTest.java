// SPDX-License-Identifier: Apache-2.0
package io.culex.core.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
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
        Named(String level) {
            super(level);
        }

        @Override
        Named newChild(String name) {
            return new Named(name);
        }
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
                Named child = root.childFor(name);
                Named known = model.putIfAbsent(name, child);
                assertSame(known == null ? child : known, root.child(name));
            } else {
                root.drop(name);
                model.remove(name);
                assertNull(root.child(name));
            }
        }
        assertEquals(model.keySet(), names());
        model.forEach((name, child) -> assertSame(child, root.child(name)));
        names().forEach(root::drop);
        assertTrue(root.isLeaf());
        assertEquals(Set.of(), names());
    }

    @Test
    void namesOfAnyKindAreApart() {
        for (String name : new String[] {"", "+", "#", "a", "$", "Aa", "BB"}) {
            assertNull(root.child(name));
            assertEquals(name, root.childFor(name).level());
        }
        root.drop("Aa");
        assertEquals("BB", root.childFor("BB").level());
        assertNull(root.child("Aa"));
        assertEquals(Set.of("", "+", "#", "a", "$", "BB"), names());
    }

    @Test
    void readersAlwaysFindWhatWasThereAllTheWhile() throws Exception {
        Named stays = root.childFor("stays");
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
                    root.childFor(name);
                } else {
                    root.drop(name);
                }
            }
            ends.set(true);
            assertTrue(reads.get() > 0);
        } finally {
            ends.set(true);
            reader.shutdownNow();
        }
    }
}
