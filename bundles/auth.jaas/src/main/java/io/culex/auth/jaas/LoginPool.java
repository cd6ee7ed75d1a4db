// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.jaas;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The threads on which a realm is asked, as many as were allowed, and no more logins waiting than were allowed. Whatever happens, a login
 * is answered in time. Any thread; never blocks.
 */
final class LoginPool implements AutoCloseable {
    private static final long IDLE_SECONDS = 30;

    private final ThreadPoolExecutor threads;
    private final Settings settings;

    LoginPool(Settings settings) {
        this.settings = settings;
        this.threads = new ThreadPoolExecutor(
                settings.threads(),
                settings.threads(),
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(settings.queue()),
                task -> {
                    Thread thread = new Thread(task, "culex-auth-" + settings.plugin());
                    thread.setDaemon(true);
                    // JAAS looks for its modules there; Karaf's are reached by a proxy on the class path.
                    thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** Has the work done; {@code late} is the answer when there is no place for it, or no answer in time. */
    <T> CompletionStage<T> run(Supplier<T> work, T late) {
        try {
            return CompletableFuture.supplyAsync(work, threads)
                    .completeOnTimeout(late, settings.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(late);
        }
    }

    /** How many wait. */
    int waiting() {
        return threads.getQueue().size();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
