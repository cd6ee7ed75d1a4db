// SPDX-License-Identifier: Apache-2.0
package io.culex.security.file;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks at a file again and again on a thread of its own, until closed. */
final class FileWatch implements AutoCloseable {
    private final ScheduledExecutorService thread;

    FileWatch(String name, RuleFile<?> file, Duration period) {
        thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread made = new Thread(task, "culex-watch-" + name);
            made.setDaemon(true);
            return made;
        });
        thread.scheduleWithFixedDelay(file::look, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** A look that is under way comes to its end. */
    @Override
    public void close() {
        thread.shutdown();
    }
}
