// SPDX-License-Identifier: Apache-2.0
package io.culex.gateway.eventadmin;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Time, and what is to happen later. Any thread. */
interface Timer {
    /** That of the JVM. */
    Timer SYSTEM = new Timer() {
        @Override
        public long millis() {
            return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
        }

        @Override
        public void after(long millis, Runnable task) {
            CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS).execute(task);
        }
    };

    /** Milliseconds that only grow. */
    long millis();

    /** Runs a task after a time, on some thread. */
    void after(long millis, Runnable task);
}
