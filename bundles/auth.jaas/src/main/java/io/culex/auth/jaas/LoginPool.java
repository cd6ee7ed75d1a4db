// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.jaas;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The threads on which a realm is asked, as many as were allowed, and no more logins waiting than were allowed; one address can hold half
 * of the places at most. Whatever happens, a login is answered in time. Any thread; never blocks.
 */
final class LoginPool implements AutoCloseable {
    private static final String LOCAL = "local";
    private static final long IDLE_SECONDS = 30;

    private final ThreadPoolExecutor threads;
    private final Settings settings;
    private final int share;
    private final Map<Object, Integer> shares = new ConcurrentHashMap<>();

    LoginPool(Settings settings) {
        this.settings = settings;
        this.share = (settings.queue() + settings.threads() + 1) / 2;
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

    /** One login that waits or is being decided; it holds its place until a thread has done with it, answered or not. */
    private final class Login<T> implements Runnable {
        private final CompletableFuture<T> answer = new CompletableFuture<>();
        private final Object from;
        private final Supplier<T> work;
        private final T late;

        Login(Object from, Supplier<T> work, T late) {
            this.from = from;
            this.work = work;
            this.late = late;
        }

        @Override
        public void run() {
            // Who has waited too long is gone: the realm, slow as it is, is for those who still wait.
            if (answer.isDone()) {
                leave(from);
                return;
            }
            T given;
            try {
                given = work.get();
            } catch (RuntimeException | Error e) {
                leave(from);
                answer.completeExceptionally(e);
                return;
            }
            leave(from);
            answer.complete(given);
        }

        void refuse() {
            leave(from);
            answer.complete(late);
        }
    }

    /**
     * Has the work done.
     *
     * @param from whose login it is; null without an address
     * @param late the answer when there is no place for it, or no answer in time
     */
    <T> CompletionStage<T> run(@Nullable InetAddress from, Supplier<T> work, T late) {
        Object key = from == null ? LOCAL : from;
        if (shares.merge(key, 1, Integer::sum) > share) {
            leave(key);
            return CompletableFuture.completedFuture(late);
        }
        Login<T> login = new Login<>(key, work, late);
        try {
            threads.execute(login);
        } catch (RejectedExecutionException e) {
            login.refuse();
        }
        return login.answer.completeOnTimeout(late, settings.patience().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void leave(Object key) {
        shares.computeIfPresent(key, (k, count) -> count == 1 ? null : count - 1);
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
            if (one instanceof LoginPool.Login<?> login) {
                login.refuse();
            }
        }
    }
}
