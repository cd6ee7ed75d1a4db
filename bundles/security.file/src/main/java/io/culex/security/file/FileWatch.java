// SPDX-License-Identifier: Apache-2.0
package io.culex.security.file;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks at a file again and again on a thread of its own, until closed. */
public final class FileWatch implements AutoCloseable {
    /** How long a file must be left alone before a change of it is taken; it is taken within twice that time. */
    public static final Duration PERIOD = Duration.ofSeconds(1);

    private final ScheduledExecutorService thread;

    /** Begins to look, once in a period. */
    public FileWatch(String name, RuleFile<?> file, Duration period) {
        thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread made = new Thread(task, "culex-watch-" + name);
            made.setDaemon(true);
            return made;
        });
        thread.scheduleWithFixedDelay(file::look, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Ends it; a look that is under way comes to its end. */
    @Override
    public void close() {
        thread.shutdown();
    }
}
