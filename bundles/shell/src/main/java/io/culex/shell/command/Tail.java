// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Shows what comes while it comes: until Ctrl-C, the number or the time that was asked for, or the end of the console or of what comes. */
final class Tail<T> {
    private static final int CAPACITY = 10_000;
    private static final int LOOK_MILLIS = 200;

    private final BlockingQueue<T> waiting = new LinkedBlockingQueue<>(CAPACITY);
    private final AtomicLong dropped = new AtomicLong();
    private volatile boolean over;

    /** Takes one more; any thread, does not block: what does not fit is counted. */
    void add(T one) {
        if (!waiting.offer(one)) {
            dropped.incrementAndGet();
        }
    }

    /** Nothing more will come; any thread. */
    void end() {
        over = true;
    }

    /** How many did not fit. */
    long dropped() {
        return dropped.get();
    }

    /**
     * Shows them; blocks.
     *
     * @param count how many; 0: without end
     * @param time how long; null: without end
     * @return whether it has shown all there was before {@link #end}, and would have shown more
     */
    boolean follow(PrintStream out, int count, @Nullable Duration time, Function<T, String> line) {
        long end = time == null ? Long.MAX_VALUE : System.nanoTime() + time.toNanos();
        int shown = 0;
        try {
            while ((count == 0 || shown < count) && System.nanoTime() < end && !out.checkError()) {
                // Before the queue: what came ahead of the end is in there.
                boolean ended = over;
                T next = waiting.poll(ended ? 0 : LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (next != null) {
                    out.println(line.apply(next));
                    shown++;
                } else if (ended) {
                    return true;
                }
            }
        } catch (InterruptedException e) {
            // Ctrl-C: that is how it ends.
            out.println();
        }
        return false;
    }
}
