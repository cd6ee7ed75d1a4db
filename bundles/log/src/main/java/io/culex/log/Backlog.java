// SPDX-License-Identifier: Apache-2.0
package io.culex.log;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Entries on their way to the one writing thread, in order and bounded: no caller ever waits for a destination. */
final class Backlog {
    private static final long MOMENT_NANOS = 1_000_000;

    private final int capacity;
    private final Queue<Entry> entries = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final LongAdder dropped = new LongAdder();
    private volatile @Nullable Thread sleeper;
    private boolean busy;

    Backlog(int capacity) {
        this.capacity = capacity;
    }

    /** Takes the line, or drops and counts it when there is no room. Any thread. */
    void offer(Line line) {
        if (size.incrementAndGet() > capacity) {
            size.decrementAndGet();
            dropped.increment();
            return;
        }
        entries.add(line);
        wake();
    }

    /** Takes the turnover; it always has room. */
    void offer(Turnover turnover) {
        size.incrementAndGet();
        entries.add(turnover);
        wake();
    }

    /** Ends the sleep of the writing thread. */
    void wake() {
        Thread thread = sleeper;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }

    /** The next entry, or null. Writing thread only. */
    @Nullable
    Entry poll() {
        Entry entry = entries.poll();
        if (entry != null) {
            busy = true;
            size.decrementAndGet();
        }
        return entry;
    }

    /**
     * Sleeps until there may be an entry, or the given condition holds; after entries first for a moment in which nobody has to
     * wake it: waking a thread for each line of a burst costs the caller more than the line. Writing thread only.
     */
    void await(BooleanSupplier condition) {
        if (busy) {
            busy = false;
            LockSupport.parkNanos(this, MOMENT_NANOS);
            return;
        }
        sleeper = Thread.currentThread();
        if (entries.isEmpty() && !condition.getAsBoolean()) {
            LockSupport.park(this);
        }
        sleeper = null;
    }

    /** How many lines were dropped so far. */
    long dropped() {
        return dropped.sum();
    }
}
