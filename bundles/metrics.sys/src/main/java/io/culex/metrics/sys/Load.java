// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.sys;

import java.util.function.ObjDoubleConsumer;

/** How fast one counter grows, over 1, 5 and 15 minutes. Not for several threads. */
final class Load {
    private static final int[] MINUTES = {1, 5, 15};
    private static final double NANOS_PER_SECOND = 1e9;

    private final LoadAverage[] averages = new LoadAverage[MINUTES.length];
    private double lastCount;
    private long lastNanos;

    /** What is counted from here on makes the load. */
    Load(double count, long nanos) {
        this.lastCount = count;
        this.lastNanos = nanos;
        for (int i = 0; i < MINUTES.length; i++) {
            averages[i] = new LoadAverage(MINUTES[i]);
        }
    }

    /** Takes the counter as it is now; a smaller one than before has begun again at 0. */
    void update(double count, long nanos) {
        double seconds = (nanos - lastNanos) / NANOS_PER_SECOND;
        if (seconds <= 0) {
            return;
        }
        double amount = count >= lastCount ? count - lastCount : count;
        lastCount = count;
        lastNanos = nanos;
        for (LoadAverage average : averages) {
            average.add(amount, seconds);
        }
    }

    /** Gives each average with its name: {@code 1min}, {@code 5min}, {@code 15min}. */
    void forEach(ObjDoubleConsumer<String> sink) {
        for (int i = 0; i < MINUTES.length; i++) {
            sink.accept(MINUTES[i] + "min", averages[i].value());
        }
    }
}
