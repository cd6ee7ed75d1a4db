// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.store.log.segment.Location;
import io.culex.store.log.segment.Segments;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetainedTest {
    private static final int SIZE = 32;
    private static final int MANY = 300_000;

    private final Retained retained = new Retained(new Segments());

    private static long place(int record) {
        return Location.of(1, record * SIZE);
    }

    /** Walks through all topics for each of them take minutes. */
    private void clearTopicsTo(int last) {
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            for (int topic = 1; topic <= last && !Thread.currentThread().isInterrupted(); topic++) {
                retained.clear(topic, topic + 10, place(topic), SIZE);
            }
        });
    }

    /** Less than 4 MiB of clearings are all remembered. */
    @Test
    void doesNotWalkAllTopicsForEachOfManyClearings() {
        int within = (4 << 20) / SIZE;
        clearTopicsTo(within);
        assertEquals(0, retained.count());
        assertEquals(within + 10, retained.highestVersion());
    }

    @Test
    void forgetsClearingsThatAreLongAgo() {
        clearTopicsTo(MANY);
        long late = place(MANY + 1);
        retained.put(1, 5, late, SIZE);
        assertTrue(retained.isAt(1, late), "a lower version counts when the clearing is forgotten");
        retained.put(MANY, 5, late, SIZE);
        assertFalse(retained.isAt(MANY, late), "the last clearing is remembered");
    }

    @Test
    void knowsTheHighestVersionOfMessagesAndClearings() {
        assertEquals(0, retained.highestVersion());
        retained.put(1, 4, place(1), SIZE);
        retained.clear(1, 6, place(2), SIZE);
        retained.put(2, 5, place(3), SIZE);
        retained.put(1, 2, place(4), SIZE);
        assertEquals(6, retained.highestVersion());
    }
}
