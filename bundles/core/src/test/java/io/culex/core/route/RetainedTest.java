// SPDX-License-Identifier: Apache-2.0
package io.culex.core.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.message.TopicFilter;
import io.culex.core.loop.FakeClock;
import io.culex.core.plugin.Current;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RetainedTest {
    private final FakeClock clock = new FakeClock();
    private final Retained retained = new Retained(clock, (topic, version) -> {});

    private Set<Publication> match(String filter) {
        Set<Publication> found = new HashSet<>();
        retained.match(filter, message -> assertTrue(found.add(message), "given twice: " + message.topicText()));
        return found;
    }

    @Test
    void matchesWhatTheRulesOfTopicFiltersMatch() {
        Random random = new Random(21);
        Map<String, Publication> kept = new HashMap<>();
        for (int step = 0; step < 4_000; step++) {
            String topic = Samples.topic(random);
            if (random.nextInt(3) == 0) {
                retained.set(Samples.message(topic, ""));
                kept.remove(topic);
            } else {
                Publication message = Samples.message(topic, "x".repeat(1 + random.nextInt(9)));
                retained.set(message);
                kept.put(topic, message);
            }
            String filter = Samples.filter(random);
            Set<Publication> expected = kept.values().stream()
                    .filter(message -> TopicFilter.matches(filter, message.topicText()))
                    .collect(Collectors.toSet());
            assertEquals(expected, match(filter), filter);
        }
        assertEquals(kept.size(), retained.count());
        assertEquals(kept.values().stream().mapToLong(m -> m.payload().length).sum(), retained.bytes());
        List.copyOf(kept.keySet()).forEach(topic -> retained.set(Samples.message(topic, "")));
        assertEquals(0, retained.count());
        assertEquals(0, retained.bytes());
        assertTrue(retained.isEmpty());
    }

    @Test
    void knowsWhetherAMessageIsStillTheOne() {
        Publication first = Samples.message("a/b", "1");
        Publication second = Samples.message("a/b", "2");
        assertFalse(retained.isCurrent(first));
        retained.set(first);
        assertTrue(retained.isCurrent(first));
        retained.set(second);
        assertFalse(retained.isCurrent(first));
        assertTrue(retained.isCurrent(second));
    }

    @Test
    void anExpiredMessageGoesWhenSomebodyAsks() {
        retained.set(Samples.expiring("a/b", clock.millis() + 1_000));
        retained.set(Samples.message("a", "stays"));
        clock.pass(Duration.ofMillis(999));
        assertEquals(1, match("a/b").size());
        clock.pass(Duration.ofMillis(1));
        assertEquals(2, retained.count());
        assertEquals(1, match("#").size());
        assertEquals(1, retained.count());
    }

    @Test
    void aSweepRemovesEveryExpiredMessageAlsoUnderDollar() {
        retained.set(Samples.expiring("$SYS/x", clock.millis() + 1_000));
        retained.set(Samples.expiring("a/b/c", clock.millis() + 1_000));
        retained.set(Samples.expiring("a", clock.millis() + 1_000));
        clock.pass(Duration.ofSeconds(2));
        retained.sweep();
        assertEquals(0, retained.count());
        assertTrue(retained.isEmpty());
    }

    @Test
    void deletingWhatIsNotThereDoesNothing() {
        retained.set(Samples.message("a/b", ""));
        assertEquals(0, retained.count());
        retained.set(Samples.message("a/b/c", "x"));
        retained.set(Samples.message("a/b", ""));
        assertEquals(1, match("a/#").size());
    }

    @Test
    void whatNobodyAsksForIsSweptAwayEveryHourWithoutAnInterval() {
        ExpirySweep sweep = new ExpirySweep(retained, new Current(), clock);
        retained.set(Samples.expiring("never/again", clock.millis() + 1_000));
        clock.pass(Duration.ofMinutes(59));
        sweep.run();
        assertEquals(1, retained.count());
        clock.pass(Duration.ofMinutes(1));
        sweep.run();
        assertEquals(0, retained.count());
        assertTrue(retained.isEmpty());
    }
}
