// SPDX-License-Identifier: Apache-2.0
package io.culex.api.metrics;

import java.util.Arrays;

/** How observed values are spread over buckets, at one moment. Immutable. */
public final class Distribution {
    private final double[] bounds;
    private final long[] counts;
    private final double sum;

    /**
     * A distribution.
     *
     * @param bounds the highest value of each bucket, ascending; one more bucket holds what is above
     * @param counts how many values are in each bucket, one more than there are bounds
     * @param sum of all values
     * @throws IllegalArgumentException when there are not as many counts
     */
    public Distribution(double[] bounds, long[] counts, double sum) {
        if (counts.length != bounds.length + 1) {
            throw new IllegalArgumentException(bounds.length + " bounds and " + counts.length + " counts");
        }
        this.bounds = bounds.clone();
        this.counts = counts.clone();
        this.sum = sum;
    }

    /** How many buckets there are, the one without a bound included. */
    public int buckets() {
        return counts.length;
    }

    /** The highest value of a bucket; infinite for the last. */
    public double bound(int bucket) {
        return bucket == bounds.length ? Double.POSITIVE_INFINITY : bounds[bucket];
    }

    /** How many values are in this bucket alone. */
    public long count(int bucket) {
        return counts[bucket];
    }

    /** How many values there are. */
    public long total() {
        return Arrays.stream(counts).sum();
    }

    /** Their sum. */
    public double sum() {
        return sum;
    }
}
