// SPDX-License-Identifier: Apache-2.0
package io.culex.core.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.core.loop.InlineLoops;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class SubscriberSetTest {
    private final SubscriberSet set = new SubscriberSet();
    private final FakeReceiver receiver = new FakeReceiver(new InlineLoops(1).get(0));

    private Subscription made(String filter) {
        return Samples.subscription(receiver, filter, 0);
    }

    private List<Subscription> all() {
        List<Subscription> all = new ArrayList<>();
        set.forEach(all::add);
        return all;
    }

    @Test
    void holdsWhatWasAddedAndNotRemoved() {
        Random random = new Random(3);
        List<Subscription> expected = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            if (expected.isEmpty() || random.nextInt(5) > 1) {
                Subscription added = made("a");
                set.add(added);
                expected.add(added);
            } else {
                Subscription old = expected.remove(random.nextInt(expected.size()));
                if (random.nextBoolean()) {
                    set.remove(old);
                } else {
                    Subscription by = made("a");
                    set.replace(old, by);
                    expected.add(by);
                }
            }
            if (i % 50 == 0) {
                assertEquals(new HashSet<>(expected), new HashSet<>(all()));
                assertEquals(expected.size(), all().size());
            }
        }
        expected.forEach(set::remove);
        assertTrue(set.isEmpty());
        assertEquals(List.of(), all());
    }

    @Test
    void readersAlwaysSeeWhatStays() {
        Set<Subscription> staying = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            Subscription stays = made("stays");
            set.add(stays);
            staying.add(stays);
        }
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Integer> reader = CompletableFuture.supplyAsync(() -> {
            int rounds = 0;
            while (!over.get() || rounds == 0) {
                Set<Subscription> seen = new HashSet<>();
                set.forEach(subscription -> {
                    if (subscription.filter().equals("stays")) {
                        assertTrue(seen.add(subscription), "seen twice");
                    }
                });
                assertEquals(staying.size(), seen.size());
                rounds++;
            }
            return rounds;
        });
        List<Subscription> passing = new ArrayList<>();
        Random random = new Random(4);
        for (int i = 0; i < 60_000; i++) {
            if (passing.size() < 10 || (passing.size() < 2_000 && random.nextBoolean())) {
                Subscription next = made("passes");
                set.add(next);
                passing.add(next);
            } else {
                set.remove(passing.remove(passing.size() - 1));
            }
        }
        over.set(true);
        assertTrue(reader.join() > 0);
    }
}
