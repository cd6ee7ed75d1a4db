// SPDX-License-Identifier: Apache-2.0
package io.culex.core.plugin;

import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The core's admin thread: work that must not be done on a loop. Any thread. */
final class AdminTasks implements AutoCloseable {
    private final ScheduledExecutorService executor;
    private final BrokerLog log;

    AdminTasks(ScheduledExecutorService executor, BrokerLog log) {
        this.executor = executor;
        this.log = log;
    }

    static ScheduledExecutorService thread() {
        return Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "culex-admin");
            thread.setDaemon(true);
            return thread;
        });
    }

    Executor executor() {
        return executor;
    }

    /** Runs a short task again and again; one that fails is logged and tried again, whatever it throws: else it never ran again. */
    void every(Duration period, Runnable task) {
        Runnable guarded = () -> {
            try {
                task.run();
            } catch (Throwable e) {
                log.log(LogType.ERROR, "Error: A task of the broker failed and will be tried again: " + e);
            }
        };
        executor.scheduleWithFixedDelay(guarded, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Runs a task once after a time, unless the core has ended. */
    void later(Duration time, Runnable task) {
        if (!executor.isShutdown()) {
            executor.schedule(task, time.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
