// SPDX-License-Identifier: Apache-2.0
package io.culex.core.loop;

import java.util.concurrent.atomic.AtomicLongArray;

/** The counters of one loop: written by the loop alone, without contention; read by anyone. */
public final class Counters {
    /** Numbers per direction and packet type stand behind the named counters. */
    private static final int TYPES = 16;

    private final AtomicLongArray values = new AtomicLongArray(Counter.COUNT + 2 * TYPES);

    /** Of each measure its buckets, and behind them the sum of its values. */
    private final AtomicLongArray[] measures = new AtomicLongArray[Measure.COUNT];

    /** All at 0. */
    public Counters() {
        for (Measure measure : Measure.values()) {
            measures[measure.ordinal()] = new AtomicLongArray(measure.bounds() + 2);
        }
    }

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
        received(type, 1);
    }

    /** Counts packets received. On the loop only. */
    public void received(int type, long packets) {
        add(Counter.COUNT + type, packets);
    }

    /** Counts packets sent. On the loop only. */
    public void sent(int type, long packets) {
        add(Counter.COUNT + TYPES + type, packets);
    }

    /** Counts a value in its bucket; on the loop only. */
    public void record(Measure measure, long value) {
        AtomicLongArray places = measures[measure.ordinal()];
        add(places, measure.bucketOf(value), 1);
        add(places, places.length() - 1, value);
    }

    /** How many values are in a bucket; any thread. */
    long countOf(Measure measure, int bucket) {
        return measures[measure.ordinal()].get(bucket);
    }

    /** The sum of the values; any thread. */
    long sumOf(Measure measure) {
        return measures[measure.ordinal()].get(measure.bounds() + 1);
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
        add(values, index, amount);
    }

    private static void add(AtomicLongArray places, int index, long amount) {
        // One writer: a plain read and an ordered write cost less than an atomic addition.
        places.lazySet(index, places.getPlain(index) + amount);
    }
}
