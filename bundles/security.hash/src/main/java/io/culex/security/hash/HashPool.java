// SPDX-License-Identifier: Apache-2.0
package io.culex.security.hash;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where passwords are hashed: a bounded number of threads and of logins that wait for them. A flood of logins costs nobody else
 * anything: what does not fit is told that the server is busy, one address can hold half of the places at most, and who has
 * waited too long is not hashed for any more. Any thread; never blocks.
 *
 * @param <A> what a login is answered
 */
public final class HashPool<A> implements AutoCloseable {
    private static final String LOCAL = "local";
    private static final long IDLE_SECONDS = 30;

    private final ThreadPoolExecutor threads;
    private final int share;
    private final long patienceNanos;
    private final LongSupplier nanos;
    private final Map<Object, Integer> shares = new ConcurrentHashMap<>();
    private final LongAdder busy = new LongAdder();

    /**
     * No thread yet: they come with the logins and go without.
     *
     * @param plugin for the names of the threads
     * @param count how many passwords are hashed at the same time
     * @param queue how many logins may wait
     * @param patience how long a login may wait before it is refused
     * @param nanos the clock, as {@link System#nanoTime}
     */
    public HashPool(String plugin, int count, int queue, Duration patience, LongSupplier nanos) {
        this.threads = new ThreadPoolExecutor(
                count, count, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(queue), task -> {
                    Thread thread = new Thread(task, "culex-auth-" + plugin);
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        this.share = (queue + count + 1) / 2;
        this.patienceNanos = patience.toNanos();
        this.nanos = nanos;
    }

    /** One login that waits or is being worked on; whatever happens, it is answered. */
    private final class Task implements Runnable {
        private final Object from;
        private final A refusal;
        private final Supplier<A> work;
        private final long since = nanos.getAsLong();
        private final CompletableFuture<A> answer = new CompletableFuture<>();

        Task(Object from, A refusal, Supplier<A> work) {
            this.from = from;
            this.refusal = refusal;
            this.work = work;
        }

        @Override
        public void run() {
            if (nanos.getAsLong() - since > patienceNanos) {
                refuse();
                return;
            }
            A given;
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
            busy.increment();
            answer.complete(refusal);
        }
    }

    /**
     * Has the work done by a thread of the pool.
     *
     * @param from whose login it is; null without an address
     * @param refusal the answer when there is no place for it
     */
    public CompletionStage<A> run(@Nullable InetAddress from, A refusal, Supplier<A> work) {
        Object key = from == null ? LOCAL : from;
        if (shares.merge(key, 1, Integer::sum) > share) {
            leave(key);
            busy.increment();
            return CompletableFuture.completedFuture(refusal);
        }
        Task task = new Task(key, refusal, work);
        try {
            threads.execute(task);
        } catch (RejectedExecutionException e) {
            task.refuse();
        }
        return task.answer;
    }

    private void leave(Object key) {
        shares.computeIfPresent(key, (k, count) -> count == 1 ? null : count - 1);
    }

    /** How many logins wait. */
    public int waiting() {
        return threads.getQueue().size();
    }

    /** How many were refused because of the others. */
    public long busy() {
        return busy.sum();
    }

    /** Refuses those that wait; those that are being worked on come to their end. */
    @Override
    public void close() {
        for (Runnable waiting : threads.shutdownNow()) {
            if (waiting instanceof HashPool<?>.Task task) {
                task.refuse();
            }
        }
    }
}
