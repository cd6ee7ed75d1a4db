// SPDX-License-Identifier: Apache-2.0
package io.culex.core.loop;

import io.culex.api.metrics.Distribution;
import java.util.List;

/** All loops of the broker. Any thread. */
public final class Loops {
    private final List<Loop> loops;

    /** The loops in the order of their numbers. */
    public Loops(List<Loop> loops) {
        this.loops = List.copyOf(loops);
        this.loops.forEach(loop -> loop.join(this.loops));
    }

    /** All of them. */
    public List<Loop> all() {
        return loops;
    }

    /** One of them. */
    public Loop get(int index) {
        return loops.get(index);
    }

    /** How many. */
    public int size() {
        return loops.size();
    }

    /** The loop that a session without a place goes to. */
    public Loop spread(Object key) {
        int hash = key.hashCode() * 0x9E3779B9;
        return loops.get((hash >>> 16) % loops.size());
    }

    /** A counter over all loops. */
    public long sum(Counter counter) {
        long sum = 0;
        for (Loop loop : loops) {
            sum += loop.counters().get(counter);
        }
        return sum;
    }

    /**
     * What all loops have counted in buckets.
     *
     * @param unit by which values are divided, for example nanoseconds per second
     */
    public Distribution distribution(Measure measure, double unit) {
        double[] bounds = new double[measure.bounds()];
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] = measure.bound(i) / unit;
        }
        long[] counts = new long[bounds.length + 1];
        long sum = 0;
        for (Loop loop : loops) {
            for (int i = 0; i < counts.length; i++) {
                counts[i] += loop.counters().countOf(measure, i);
            }
            sum += loop.counters().sumOf(measure);
        }
        return new Distribution(bounds, counts, sum / unit);
    }

    /** Packets of a type received by all loops. */
    public long received(int type) {
        long sum = 0;
        for (Loop loop : loops) {
            sum += loop.counters().receivedOf(type);
        }
        return sum;
    }

    /** Packets of a type sent by all loops. */
    public long sent(int type) {
        long sum = 0;
        for (Loop loop : loops) {
            sum += loop.counters().sentOf(type);
        }
        return sum;
    }
}
