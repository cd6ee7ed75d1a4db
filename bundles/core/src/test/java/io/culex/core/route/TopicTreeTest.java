// SPDX-License-Identifier: Apache-2.0
package io.culex.core.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.message.TopicFilter;
import io.culex.core.loop.InlineLoops;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TopicTreeTest {
    private final InlineLoops loops = new InlineLoops(1);
    private final TopicTree tree = new TopicTree(1);
    private final FakeReceiver receiver = new FakeReceiver(loops.get(0));

    private Set<Subscription> match(String topic) {
        Set<Subscription> found = new HashSet<>();
        tree.match(topic, new TopicTree.Sink() {
            @Override
            public void subscription(Subscription subscription) {
                assertTrue(found.add(subscription), "given twice: " + subscription.filter());
            }

            @Override
            public void group(ShareGroup group) {
                for (Subscription member : group.members()) {
                    assertEquals(group.name(), member.share());
                    assertEquals(group.path(), member.path());
                    assertTrue(found.add(member), "given twice: " + member.filter());
                }
            }
        });
        return found;
    }

    private static Set<Subscription> naive(List<Subscription> all, String topic) {
        Set<Subscription> found = new HashSet<>(all);
        found.removeIf(subscription -> !TopicFilter.matches(subscription.path(), topic));
        return found;
    }

    private static String filter(Random random) {
        String filter = Samples.filter(random);
        return random.nextInt(4) == 0 ? "$share/g" + random.nextInt(3) + "/" + filter : filter;
    }

    @Test
    void matchesWhatTheRulesOfTopicFiltersMatch() {
        Random random = new Random(11);
        List<Subscription> all = new ArrayList<>();
        for (int step = 0; step < 4_000; step++) {
            change(random, all);
            String topic = Samples.topic(random);
            assertEquals(naive(all, topic), match(topic), topic);
        }
        assertCounts(all);
        all.forEach(tree::remove);
        assertCounts(List.of());
        assertTrue(tree.isEmpty());
    }

    private void change(Random random, List<Subscription> all) {
        int what = all.size() < 5 ? 0 : random.nextInt(4);
        if (what < 2) {
            Subscription added = Samples.subscription(receiver, filter(random), 0);
            tree.add(added, null);
            all.add(added);
            return;
        }
        Subscription old = all.remove(random.nextInt(all.size()));
        if (what == 2) {
            tree.remove(old);
        } else {
            Subscription replacement = Samples.subscription(receiver, old.filter(), 2);
            tree.add(replacement, old);
            all.add(replacement);
        }
    }

    private void assertCounts(List<Subscription> all) {
        long shared = all.stream().filter(s -> s.share() != null).count();
        assertEquals(shared, tree.sharedCount());
        assertEquals(all.size() - shared, tree.count());
        Set<Subscription> seen = new HashSet<>();
        tree.forEach(seen::add);
        assertEquals(new HashSet<>(all), seen);
    }

    @Test
    void wildcardsAtTheStartDoNotMatchReservedTopics() {
        for (String filter : List.of("#", "+", "+/b", "$SYS/#", "$SYS/+", "$SYS")) {
            tree.add(Samples.subscription(receiver, filter, 0), null);
        }
        assertEquals(List.of("$SYS/#", "$SYS/+"), filters("$SYS/b"));
        assertEquals(List.of("$SYS", "$SYS/#"), filters("$SYS"));
        assertEquals(List.of("#", "+/b"), filters("a/b"));
    }

    @Test
    void aFilterOfManyLevelsLeavesNothingBehind() {
        String deep = "a" + "/b".repeat(199);
        Subscription subscription = Samples.subscription(receiver, deep + "/#", 0);
        tree.add(subscription, null);
        assertEquals(1, match(deep).size());
        assertEquals(1, match(deep + "/x").size());
        tree.remove(subscription);
        assertTrue(tree.isEmpty());
    }

    @Test
    void writersOnManyThreadsLeaveAConsistentTree() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        List<List<Subscription>> kept = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            List<Subscription> mine = new ArrayList<>();
            kept.add(mine);
            Random random = new Random(t);
            threads.add(new Thread(() -> {
                for (int i = 0; i < 5_000; i++) {
                    change(random, mine);
                    match(Samples.topic(random));
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        List<Subscription> all = kept.stream().flatMap(List::stream).toList();
        assertCounts(all);
        Random random = new Random(99);
        for (int i = 0; i < 200; i++) {
            String topic = Samples.topic(random);
            assertEquals(naive(all, topic), match(topic));
        }
        all.forEach(tree::remove);
        assertTrue(tree.isEmpty());
    }

    private List<String> filters(String topic) {
        String[] filters = match(topic).stream().map(Subscription::filter).toArray(String[]::new);
        Arrays.sort(filters);
        return List.of(filters);
    }
}
