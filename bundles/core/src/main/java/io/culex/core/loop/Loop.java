// SPDX-License-Identifier: Apache-2.0
package io.culex.core.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One event loop's share of the broker. Everything but {@link #execute} and {@link #inLoop} belongs to the loop's thread.
 *
 * <p>The unit of batching is one iteration of the event loop over all its channels: what was handed over to other loops goes
 * out once, and each connection that has output is flushed once, at the iteration's end.
 */
public final class Loop {
    private static final int MAX_UNDELIVERED = 8_192;
    private static final long MAX_UNDELIVERED_BYTES = 16L << 20;
    private static final int BYTES_BITS = 40;
    private static final int SAMPLED = 64;
    private static final Flushable NOTHING = () -> {};

    private final int index;
    private final Executor executor;
    private final Consumer<Runnable> afterIteration;
    private final Delay delay;
    private final Clock clock;
    private final Counters counters = new Counters();
    private final Wheel wheel;
    private final Ledger ledger = new Ledger(this);
    private final List<Flushable> dirty = new ArrayList<>();
    private final @Nullable Batch[] outgoing;
    private final Queue<Batch> mailbox = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean wakeUpOutstanding = new AtomicBoolean();
    private final Runnable endOfIteration = this::endIteration;
    private final Runnable readMailbox = this::readMailbox;
    private List<Loop> all = List.of();
    private @Nullable Batch reading;
    private boolean endScheduled;
    private int untilSample = SAMPLED;
    private boolean sampling;
    private boolean sampled;
    private long sampledAt;
    private long readAt;
    private volatile @Nullable Thread thread;
    private volatile int congested;

    /** How many messages, above their bytes in the lower {@value #BYTES_BITS} bits: one field, for it is read for each message. */
    private final AtomicLong undelivered = new AtomicLong();

    /** Runs tasks later on the executor of a loop. */
    public interface Delay {
        /** Once, after {@code millis}. */
        void schedule(Runnable task, long millis);
    }

    /**
     * A loop over an executor of one thread.
     *
     * @param afterIteration runs a task at the end of the iteration that is under way
     * @param loops how many loops there are
     */
    public Loop(int index, int loops, Executor executor, Consumer<Runnable> afterIteration, Delay delay, Clock clock) {
        this.index = index;
        this.executor = executor;
        this.afterIteration = afterIteration;
        this.delay = delay;
        this.clock = clock;
        this.wheel = new Wheel(clock);
        this.outgoing = new Batch[loops];
        executor.execute(() -> thread = Thread.currentThread());
    }

    /** Makes the loops known to each other; before any of them works. */
    public void join(List<Loop> loops) {
        all = List.copyOf(loops);
    }

    /** Its number, from 0. */
    public int index() {
        return index;
    }

    /** What it counts. */
    public Counters counters() {
        return counters;
    }

    /** Its timers. */
    public Wheel wheel() {
        return wheel;
    }

    /** Its account with the store. */
    public Ledger ledger() {
        return ledger;
    }

    /** The broker's clock. */
    public Clock clock() {
        return clock;
    }

    /** Whether the caller runs on this loop. Any thread. */
    public boolean inLoop() {
        return Thread.currentThread() == thread;
    }

    /** Runs a task on this loop, in the order of the calls of one thread. Any thread. */
    public void execute(Runnable task) {
        executor.execute(task);
    }

    /** Runs a task now when called on this loop, else later on it. Any thread. */
    public void run(Runnable task) {
        if (inLoop()) {
            task.run();
        } else {
            executor.execute(task);
        }
    }

    /** Runs a task on this loop after a time. */
    public void schedule(Runnable task, long millis) {
        delay.schedule(task, millis);
    }

    /** Runs a task after the channels have been looked at once more; on the loop. */
    public void nextIteration(Runnable task) {
        afterIteration.accept(() -> executor.execute(task));
    }

    /** Counts receivers of this loop that hold their publishers; on the loop. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    public void congested(int more) {
        congested += more;
    }

    /** Whether a receiver of this loop holds its publishers. Any thread. */
    public boolean isCongested() {
        return congested > 0;
    }

    /** Whether more was handed over to this loop than it should have before it. Any thread. */
    public boolean isBehind() {
        long now = undelivered.get();
        return now >>> BYTES_BITS > MAX_UNDELIVERED || (now & ((1L << BYTES_BITS) - 1)) > MAX_UNDELIVERED_BYTES;
    }

    /** A PUBLISH packet has been read: of one in 64 it is measured when each loop has written it to its receivers. */
    public void published() {
        sampled = --untilSample == 0;
        if (sampled) {
            untilSample = SAMPLED;
            readAt = clock.nanos();
            sample(readAt);
        }
    }

    private void sample(long since) {
        if (!sampling) {
            sampling = true;
            sampledAt = since;
            scheduleEnd();
        }
    }

    /** Has {@code output} flushed at the end of this iteration; the caller asks once per iteration. */
    public void dirty(Flushable output) {
        dirty.add(output);
        scheduleEnd();
    }

    /** Takes {@link #dirty} back: the output leaves this loop. */
    public void clean(Flushable output) {
        int at = dirty.indexOf(output);
        if (at >= 0) {
            dirty.set(at, NOTHING);
        }
    }

    /** Hands a message over to receivers on another loop, with everything else of this iteration. */
    public void handOver(Loop target, Delivered message, Object receivers) {
        Batch batch = outgoing[target.index];
        if (batch == null) {
            batch = new Batch();
            outgoing[target.index] = batch;
            scheduleEnd();
        }
        batch.add(message, receivers);
        if (sampled) {
            batch.sample(readAt);
        }
    }

    private void scheduleEnd() {
        if (!endScheduled) {
            endScheduled = true;
            afterIteration.accept(endOfIteration);
        }
    }

    /**
     * Gives the other loops what is to be handed over to them before the iteration ends: before somebody is told, or shown, that a
     * client is through here, which may be on another loop next [MQTT-4.6.0-6].
     */
    public void handOverNow() {
        for (int i = 0; i < outgoing.length; i++) {
            Batch batch = outgoing[i];
            if (batch != null) {
                outgoing[i] = null;
                all.get(i).receive(batch);
            }
        }
    }

    /** Runs a task when everything is delivered here that other loops have handed over, or are about to. On the loop. */
    public void whenHandedOver(Runnable task) {
        AtomicInteger asked = new AtomicInteger(all.size());
        for (Loop other : all) {
            other.execute(() -> {
                other.handOverNow();
                if (asked.decrementAndGet() == 0) {
                    execute(() -> {
                        takeOver();
                        task.run();
                    });
                }
            });
        }
    }

    private void endIteration() {
        endScheduled = false;
        handOverNow();
        // A flush may make other connections dirty (one that closes publishes a will): those wait for the next round.
        int flushed = dirty.size();
        for (int i = 0; i < flushed; i++) {
            try {
                dirty.get(i).flush();
            } catch (RuntimeException | Error e) {
                Failure.report(e);
            }
        }
        dirty.subList(0, flushed).clear();
        if (sampling) {
            sampling = false;
            sampled = false;
            counters.record(Measure.PUBLISH_LATENCY, clock.nanos() - sampledAt);
        }
        if (!dirty.isEmpty()) {
            scheduleEnd();
        }
    }

    private void receive(Batch batch) {
        // Counted before it can be delivered: neither part is ever below zero.
        undelivered.addAndGet(load(batch));
        mailbox.add(batch);
        if (wakeUpOutstanding.compareAndSet(false, true)) {
            executor.execute(readMailbox);
        }
    }

    private static long load(Batch batch) {
        return ((long) batch.size() << BYTES_BITS) + batch.bytes();
    }

    private void readMailbox() {
        // Cleared first: a batch that comes after the last poll wakes the loop again.
        wakeUpOutstanding.set(false);
        takeOver();
    }

    /**
     * Delivers what other loops have handed over by now: before the first packet of a client is read here that may have published on
     * another loop, which hands over when a session ends. A third loop has got that by then, and gets later what the client
     * publishes here. On the loop; a call from within a delivery goes on behind that one.
     */
    public void takeOver() {
        Batch begun = reading;
        if (begun != null) {
            begun.deliver();
        }
        for (Batch batch = mailbox.poll(); batch != null; batch = mailbox.poll()) {
            reading = batch;
            try {
                batch.deliver();
                if (batch.isSampled()) {
                    sample(batch.sampledAt());
                }
            } finally {
                reading = null;
                undelivered.addAndGet(-load(batch));
            }
        }
    }
}
