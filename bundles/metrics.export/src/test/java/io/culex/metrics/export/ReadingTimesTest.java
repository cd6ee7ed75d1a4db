// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.export;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadingTimesTest {
    private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");

    /** The times, in seconds after the start, of readings that are made so many seconds after it. */
    private static List<Double> times(int interval, double... clock) {
        ReadingTimes times = new ReadingTimes(Duration.ofSeconds(interval));
        return Arrays.stream(clock)
                .mapToObj(second -> times.next(START.plusMillis(Math.round(second * 1000))))
                .map(time -> Duration.between(START, time).toMillis() / 1000.0)
                .toList();
    }

    @Test
    void readingsThatComeLateInABurstHaveTheTimesThatTheyWereDueAt() {
        assertEquals(List.of(0.0, 15.0, 30.0, 45.0, 60.0), times(15, 0, 45, 45.1, 45.2, 60));
        assertEquals(List.of(0.0, 1.0, 2.0, 3.0, 4.0, 5.0), times(1, 0, 4.5, 4.6, 4.7, 4.8, 5));
    }

    @Test
    void oneReadingThatComesLateChangesNothing() {
        assertEquals(List.of(0.0, 15.0, 30.0, 45.0), times(15, 0, 15, 36, 45));
    }

    @Test
    void whenTheClockWasSetItsTimeIsTakenWithTheSecondReadingAfterThat() {
        assertEquals(List.of(0.0, 15.0, 30.0, 75.0, 90.0), times(15, 0, 15, 60, 75, 90), "forwards");
        assertEquals(List.of(0.0, 15.0, 30.0, 35.0, 50.0), times(15, 0, 15, 20, 35, 50), "backwards");
    }

    @Test
    void aMachineThatWasAwayForMoreThanAnIntervalIsDatedRightAgain() {
        assertEquals(List.of(0.0, 3600.0, 12600.0, 16200.0), times(3600, 0, 9000, 12600, 16200));
    }

    @Test
    void aJumpThatNoBurstCanBeIsTakenAtOnce() {
        assertEquals(List.of(0.0, 100.0, 115.0), times(15, 0, 100, 115));
    }

    @Test
    void aClockThatRunsALittleFasterIsFollowed() {
        double[] clock = new double[1000];
        for (int i = 0; i < clock.length; i++) {
            clock[i] = i * 15.01;
        }
        List<Double> times = times(15, clock);
        for (int i = 0; i < clock.length; i++) {
            assertEquals(clock[i], times.get(i), 1.02);
        }
    }
}
