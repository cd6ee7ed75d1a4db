// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.sys;

/** The exponentially weighted average of a rate per minute (SPEC E.1). Begins at 0. Not for several threads. */
final class LoadAverage {
    private static final double SECONDS_PER_MINUTE = 60;

    private final double windowSeconds;
    private double value;

    /** An average in which what is older than {@code minutes} weighs 1/e. */
    LoadAverage(int minutes) {
        this.windowSeconds = minutes * SECONDS_PER_MINUTE;
    }

    /**
     * Takes what happened since the last call.
     *
     * @param amount how much it was
     * @param seconds how long that took; more than 0
     * @return the average now, per minute
     */
    double add(double amount, double seconds) {
        double rate = amount * SECONDS_PER_MINUTE / seconds;
        value = rate + Math.exp(-seconds / windowSeconds) * (value - rate);
        return value;
    }

    /** The average now, per minute. */
    double value() {
        return value;
    }
}
