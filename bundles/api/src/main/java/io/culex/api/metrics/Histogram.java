// SPDX-License-Identifier: Apache-2.0
package io.culex.api.metrics;

import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** Counts observed values in buckets. Any thread; threads do not wait for each other, and nothing is allocated per value. */
public final class Histogram {
    private final double[] bounds;
    private final LongAdder[] counts;
    private final DoubleAdder sum = new DoubleAdder();

    /**
     * Without a value yet.
     *
     * @param bounds the highest values of the buckets, ascending, in the unit that the metric's name says; one more bucket holds
     *     what is above
     * @throws IllegalArgumentException when they do not ascend
     */
    public Histogram(double... bounds) {
        this.bounds = bounds.clone();
        for (int i = 1; i < bounds.length; i++) {
            if (!(bounds[i] > bounds[i - 1])) {
                throw new IllegalArgumentException("bounds must ascend: " + bounds[i - 1] + ", " + bounds[i]);
            }
        }
        this.counts = Stream.generate(LongAdder::new).limit(bounds.length + 1L).toArray(LongAdder[]::new);
    }

    /** Counts one value. */
    public void record(double value) {
        int bucket = 0;
        while (bucket < bounds.length && value > bounds[bucket]) {
            bucket++;
        }
        counts[bucket].increment();
        sum.add(value);
    }

    /** What has been counted so far; values that come meanwhile may be in it or not. */
    public Distribution read() {
        long[] now = new long[counts.length];
        for (int i = 0; i < now.length; i++) {
            now[i] = counts[i].sum();
        }
        return new Distribution(bounds, now, sum.sum());
    }
}
