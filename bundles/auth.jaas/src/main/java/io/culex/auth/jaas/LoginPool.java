// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.jaas;

import java.util.ArrayList;
import java.util.List;
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

    /** One login that waits or is being decided. */
    private static final class Login<T> implements Runnable {
        private final CompletableFuture<T> answer = new CompletableFuture<>();
        private final Supplier<T> work;
        private final T late;

        Login(Supplier<T> work, T late) {
            this.work = work;
            this.late = late;
        }

        @Override
        public void run() {
            // Who has waited too long is gone: the realm, slow as it is, is for those who still wait.
            if (answer.isDone()) {
                return;
            }
            try {
                answer.complete(work.get());
            } catch (RuntimeException | Error e) {
                answer.completeExceptionally(e);
            }
        }

        void refuse() {
            answer.complete(late);
        }
    }

    /** Has the work done; {@code late} is the answer when there is no place for it, or no answer in time. */
    <T> CompletionStage<T> run(Supplier<T> work, T late) {
        Login<T> login = new Login<>(work, late);
        try {
            threads.execute(login);
        } catch (RejectedExecutionException e) {
            login.refuse();
        }
        return login.answer.completeOnTimeout(late, settings.patience().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** How many wait. */
    int waiting() {
        return threads.getQueue().size();
    }

    /** Refuses those that wait; those about whom the realm is being asked come to their end. */
    @Override
    public void close() {
        threads.shutdown();
        List<Runnable> waiting = new ArrayList<>();
        threads.getQueue().drainTo(waiting);
        for (Runnable one : waiting) {
            if (one instanceof Login<?> login) {
                login.refuse();
            }
        }
    }
}
