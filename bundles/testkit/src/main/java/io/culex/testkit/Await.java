// SPDX-License-Identifier: Apache-2.0
package io.culex.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition that no answer on the wire announces. Blocks the calling thread. */
public final class Await {
    private static final long STEP_NANOS = 10_000_000;

    private Await() {}

    /**
     * Asks until the condition holds.
     *
     * @throws AssertionError with {@code what} when it does not hold in time
     */
    public static void until(Duration limit, Supplier<String> what, BooleanSupplier condition) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("not within " + limit.toMillis() + " ms: " + what.get());
            }
            LockSupport.parkNanos(STEP_NANOS);
        }
    }

    /** Asks until the condition holds, thirty seconds at most. */
    public static void until(String what, BooleanSupplier condition) {
        until(Duration.ofSeconds(30), () -> what, condition);
    }

    /** Lets the broker's clock go on, for what expires by time alone. */
    public static void pass(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        until(time.plusSeconds(10), () -> "time to pass", () -> System.nanoTime() - end > 0);
    }
}
