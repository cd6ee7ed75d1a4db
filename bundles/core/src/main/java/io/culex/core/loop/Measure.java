// SPDX-License-Identifier: Apache-2.0
package io.culex.core.loop;

/** What is counted in buckets per event loop, and summed when somebody reads it. */
public enum Measure {
    /** Nanoseconds from the reading of a PUBLISH packet until a loop has written it to its receivers; of one in 64. */
    PUBLISH_LATENCY(
            50_000,
            100_000,
            250_000,
            500_000,
            1_000_000,
            2_500_000,
            5_000_000,
            10_000_000,
            25_000_000,
            50_000_000,
            100_000_000,
            250_000_000,
            500_000_000,
            1_000_000_000,
            2_500_000_000L,
            5_000_000_000L),
    /** Receivers of one message. */
    FAN_OUT(0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 100_000),
    /** Messages that wait for a session, when one more has come to them. */
    QUEUE_LENGTH(1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 100_000);

    /** How many there are. */
    public static final int COUNT = values().length;

    private final long[] bounds;

    Measure(long... bounds) {
        this.bounds = bounds;
    }

    /** How many buckets have a bound; one more holds what is above. */
    int bounds() {
        return bounds.length;
    }

    /** The highest value in a bucket. */
    long bound(int bucket) {
        return bounds[bucket];
    }

    /** Where a value is counted. Small values are the most frequent, and found first. */
    int bucketOf(long value) {
        int bucket = 0;
        while (bucket < bounds.length && value > bounds[bucket]) {
            bucket++;
        }
        return bucket;
    }
}
