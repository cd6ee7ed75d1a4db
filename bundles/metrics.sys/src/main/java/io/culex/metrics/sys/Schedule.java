// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.sys;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Runs a task when it is switched on and then whenever the wall clock shows a multiple of the interval. On the thread that
 * {@link Delay} runs tasks on.
 */
final class Schedule {
    /** Runs a task once after {@code millis}. */
    interface Delay {
        Future<?> after(long millis, Runnable task);
    }

    private final InstantSource clock;
    private final Delay delay;
    private final Runnable task;
    private long interval;
    private long due;
    private @Nullable Future<?> next;

    /** Switched off. */
    Schedule(InstantSource clock, Delay delay, Runnable task) {
        this.clock = clock;
        this.delay = delay;
        this.task = task;
    }

    /** Sets the interval; zero switches off. */
    void every(Duration period) {
        long millis = period.toMillis();
        if (millis == interval) {
            return;
        }
        boolean wasOff = interval == 0;
        interval = millis;
        due = 0;
        Future<?> before = next;
        if (before != null) {
            before.cancel(false);
            next = null;
        }
        if (millis > 0) {
            arm();
            if (wasOff) {
                task.run();
            }
        }
    }

    private void run() {
        arm();
        task.run();
    }

    private void arm() {
        long now = clock.millis();
        // A timer may end a little before the wall clock is there: that multiple is done all the same.
        boolean early = due > now && due - now < interval / 2;
        due = Math.floorDiv(early ? due : now, interval) * interval + interval;
        next = delay.after(due - now, this::run);
    }
}
