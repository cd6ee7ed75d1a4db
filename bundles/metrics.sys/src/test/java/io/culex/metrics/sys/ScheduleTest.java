// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.sys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final class Armed extends CompletableFuture<Void> {
        private final long due;
        private final Runnable task;

        Armed(long due, Runnable task) {
            this.due = due;
            this.task = task;
        }
    }

    private final List<Armed> armed = new ArrayList<>();
    private final List<Long> runs = new ArrayList<>();
    private long now = 1_003_400;
    private final Schedule schedule = new Schedule(
            () -> Instant.ofEpochMilli(now),
            (millis, task) -> {
                Armed one = new Armed(now + millis, task);
                armed.add(one);
                return one;
            },
            () -> runs.add(now));

    @Test
    void runsAtOnceAndThenAtMultiplesOfTheWallClock() {
        schedule.every(Duration.ofSeconds(10));
        assertEquals(List.of(1_003_400L), runs);
        assertEquals(1_010_000, next().due);
        fire(1_010_000);
        fire(1_020_007);
        assertEquals(List.of(1_003_400L, 1_010_000L, 1_020_007L), runs);
        assertEquals(1_030_000, next().due);
    }

    @Test
    void takesATimerThatEndsEarlyForItsMultiple() {
        schedule.every(Duration.ofSeconds(10));
        fire(1_009_998);
        assertEquals(1_020_000, next().due);
    }

    @Test
    void leavesOutMultiplesThatHavePassed() {
        schedule.every(Duration.ofSeconds(10));
        fire(1_055_000);
        assertEquals(1_060_000, next().due);
        assertEquals(2, runs.size());
    }

    @Test
    void followsAWallClockThatIsSetBack() {
        schedule.every(Duration.ofSeconds(10));
        fire(402_000);
        assertEquals(410_000, next().due);
    }

    @Test
    void zeroSwitchesOff() {
        schedule.every(Duration.ofSeconds(10));
        schedule.every(Duration.ZERO);
        assertTrue(waiting().isEmpty());
        assertEquals(1, runs.size());
    }

    @Test
    void neverRunsWhileItIsOff() {
        schedule.every(Duration.ZERO);
        assertTrue(waiting().isEmpty());
        assertTrue(runs.isEmpty());
    }

    @Test
    void takesAnotherIntervalWithoutAnExtraRun() {
        schedule.every(Duration.ofSeconds(10));
        schedule.every(Duration.ofSeconds(60));
        assertEquals(1_020_000, next().due);
        schedule.every(Duration.ofSeconds(3));
        assertEquals(1_005_000, next().due);
        assertEquals(1, runs.size());
    }

    @Test
    void theSameIntervalChangesNothing() {
        schedule.every(Duration.ofSeconds(10));
        Armed before = next();
        schedule.every(Duration.ofSeconds(10));
        assertEquals(before, next());
        assertEquals(1, runs.size());
    }

    @Test
    void runsAtOnceWhenItIsSwitchedOnAgain() {
        schedule.every(Duration.ofSeconds(10));
        schedule.every(Duration.ZERO);
        now = 1_004_000;
        schedule.every(Duration.ofSeconds(10));
        assertEquals(List.of(1_003_400L, 1_004_000L), runs);
        assertEquals(1_010_000, next().due);
    }

    private List<Armed> waiting() {
        return armed.stream().filter(one -> !one.isDone()).toList();
    }

    private Armed next() {
        List<Armed> waiting = waiting();
        assertEquals(1, waiting.size(), "timers that wait");
        return waiting.get(0);
    }

    private void fire(long at) {
        Armed due = next();
        now = at;
        due.complete(null);
        due.task.run();
    }
}
