// SPDX-License-Identifier: Apache-2.0
package io.culex.core.loop;

import java.util.concurrent.atomic.AtomicLongArray;

/** The counters of one loop: written by the loop alone, without contention; read by anyone. */
public final class Counters {
    /** Numbers per direction and packet type stand behind the named counters. */
    private static final int TYPES = 16;

    private final AtomicLongArray values = new AtomicLongArray(Counter.COUNT + 2 * TYPES);

    /** Adds; on the loop only. */
    public void add(Counter counter, long amount) {
        add(counter.ordinal(), amount);
    }

    /** Counts one; on the loop only. */
    public void increment(Counter counter) {
        add(counter.ordinal(), 1);
    }

    /** Counts a packet received; {@code type} is the number in its fixed header. On the loop only. */
    public void received(int type) {
        add(Counter.COUNT + type, 1);
    }

    /** Counts packets sent. On the loop only. */
    public void sent(int type, long packets) {
        add(Counter.COUNT + TYPES + type, packets);
    }

    /** The value now; any thread. */
    public long get(Counter counter) {
        return values.get(counter.ordinal());
    }

    /** Packets of a type received; any thread. */
    public long receivedOf(int type) {
        return values.get(Counter.COUNT + type);
    }

    /** Packets of a type sent; any thread. */
    public long sentOf(int type) {
        return values.get(Counter.COUNT + TYPES + type);
    }

    private void add(int index, long amount) {
        // One writer: a plain read and an ordered write cost less than an atomic addition.
        values.lazySet(index, values.getPlain(index) + amount);
    }
}
