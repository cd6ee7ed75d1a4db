// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.listen;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Counts the connections of all listeners together. Any thread. */
final class Tally {
    private final AtomicInteger open = new AtomicInteger();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private volatile int limit = -1;

    /** Sets {@code global_max_connections}; below 1: no limit. */
    void limit(int connections) {
        limit = connections;
    }

    /** Counts a connection in; false when it is one too many, which is then not counted as open. */
    boolean enter() {
        accepted.increment();
        return enter(open, limit);
    }

    void leave() {
        open.decrementAndGet();
    }

    void refuse() {
        refused.increment();
    }

    int open() {
        return open.get();
    }

    long accepted() {
        return accepted.sum();
    }

    long refused() {
        return refused.sum();
    }

    /** Counts one more unless that exceeds a limit; as in Mosquitto, a limit below 1 is none. */
    static boolean enter(AtomicInteger counter, int limit) {
        if (counter.incrementAndGet() <= limit || limit < 1) {
            return true;
        }
        counter.decrementAndGet();
        return false;
    }
}
