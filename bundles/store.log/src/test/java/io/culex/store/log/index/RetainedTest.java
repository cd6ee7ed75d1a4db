// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.store.log.format.SegmentHeader;
import io.culex.store.log.segment.Location;
import io.culex.store.log.segment.Segment;
import io.culex.store.log.segment.Segments;
import io.culex.store.log.segment.StoreFolder;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetainedTest {
    private static final int SIZE = 32;
    private static final int MANY = 300_000;
    private static final int NEAR = 100_000;

    private final Segments segments = new Segments();
    private final Retained retained = new Retained(segments);

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

    /** Places count from the beginning of each segment. */
    @Test
    void remembersClearingsOfTheEndOfTheSegmentBefore(@TempDir Path path) throws Exception {
        StoreFolder folder = new StoreFolder(path);
        try (Segment first = folder.createSegment(new SegmentHeader(1, 1, 1, 1));
                Segment second = folder.createSegment(new SegmentHeader(2, 1, 1, 1))) {
            segments.add(first);
            clearTopicsTo(MANY);
            segments.grow(first, (MANY + 1) * SIZE);
            segments.add(second);
            for (int topic = MANY + 1; topic <= 2 * MANY; topic++) {
                retained.clear(topic, topic + 10, Location.of(2, (topic - MANY) * SIZE), SIZE);
                if (topic == MANY + NEAR) {
                    retained.put(MANY, 5, Location.of(2, NEAR * SIZE), SIZE);
                    assertFalse(retained.isAt(MANY, Location.of(2, NEAR * SIZE)), "it is not 4 MiB ago");
                }
            }
            retained.put(MANY - 1, 5, Location.of(2, MANY * SIZE), SIZE);
            assertTrue(retained.isAt(MANY - 1, Location.of(2, MANY * SIZE)), "it is long ago");
        }
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
