// SPDX-License-Identifier: Apache-2.0
package io.culex.config;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The one thread on which the configuration changes. Work that it starts itself runs at once. */
final class AdminThread implements AutoCloseable {
    private static final String NAME = "culex-admin";

    private final ScheduledExecutorService executor;
    private final Consumer<Throwable> failures;
    private volatile @Nullable Thread thread;

    /** A thread that reports what its work throws, where nobody waits for it. */
    AdminThread(Consumer<Throwable> failures) {
        this.failures = failures;
        executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread made = new Thread(task, NAME);
            made.setDaemon(true);
            thread = made;
            return made;
        });
    }

    /** Runs the work later; work after the end is void. */
    void run(Runnable work) {
        try {
            executor.execute(() -> guarded(work));
        } catch (RejectedExecutionException e) {
            if (!executor.isShutdown()) {
                throw e;
            }
        }
    }

    /** Runs the work again and again until the end. */
    void every(Duration period, Runnable work) {
        executor.scheduleWithFixedDelay(
                () -> guarded(work), period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            failures.accept(e);
        }
    }

    /** Runs the work and waits for it. */
    <T> T call(Callable<T> work) throws InterruptedException, ExecutionException {
        if (Thread.currentThread() == thread) {
            try {
                return work.call();
            } catch (Exception e) {
                throw new ExecutionException(e);
            }
        }
        return executor.submit(work).get();
    }

    /** Runs the work and waits for it for a time at most; returns false when that was too short. */
    boolean runAndWait(Runnable work, Duration limit) throws InterruptedException {
        if (Thread.currentThread() == thread) {
            work.run();
            return true;
        }
        try {
            Future<?> done = executor.submit(work);
            done.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (RejectedExecutionException e) {
            return executor.isShutdown();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
