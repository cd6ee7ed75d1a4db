// SPDX-License-Identifier: Apache-2.0
package io.culex.core.plugin;

import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import io.culex.core.loop.Loop;
import io.culex.core.loop.Loops;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits until nobody is inside a plugin that goes: bounded, holding no lock. Not on an event loop. */
final class Drain {
    private static final long BOUND_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Loops loops;
    private final BrokerLog log;

    Drain(Loops loops, BrokerLog log) {
        this.loops = loops;
        this.log = log;
    }

    void await(Candidate leaving) {
        Guard guard = leaving.guard();
        long end = System.nanoTime() + BOUND_NANOS;
        awaitLoops();
        if (leaving.isEmpty()) {
            // Not before: packets under way are decided by the gate that let them through.
            guard.letGo();
        }
        while (guard.inFlight() > 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        if (guard.inFlight() > 0) {
            log.log(
                    LogType.WARNING,
                    "Warning: Plugin " + guard.plugin() + " goes while " + guard.inFlight() + " calls are in it.");
        }
    }

    /** Every loop has gone through its tasks once since the gate was changed. */
    void awaitLoops() {
        CountDownLatch passed = new CountDownLatch(loops.size());
        for (Loop loop : loops.all()) {
            loop.execute(passed::countDown);
        }
        try {
            if (!passed.await(BOUND_NANOS, TimeUnit.NANOSECONDS)) {
                log.log(LogType.WARNING, "Warning: An event loop did not answer while a plugin went.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
