// SPDX-License-Identifier: Apache-2.0
package io.culex.core.admin;

import static io.culex.api.metrics.MetricType.COUNTER;
import static io.culex.api.metrics.MetricType.GAUGE;

import io.culex.api.metrics.Metric;
import io.culex.core.loop.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Memory and age of the broker. Any thread. */
final class ProcessMetrics {
    private final Clock clock;
    private final long started;
    private final AtomicLong maximum = new AtomicLong();

    ProcessMetrics(Clock clock) {
        this.clock = clock;
        this.started = clock.nanos();
    }

    List<Metric> all() {
        return List.of(
                Metric.single(
                        "uptime",
                        COUNTER,
                        "Seconds since the broker started.",
                        () -> TimeUnit.NANOSECONDS.toSeconds(clock.nanos() - started)),
                Metric.single("heap_current", GAUGE, "Bytes of the Java heap in use.", this::heap),
                Metric.single("heap_maximum", GAUGE, "The most bytes of the Java heap that a reading found.", () -> {
                    heap();
                    return maximum.get();
                }));
    }

    private long heap() {
        Runtime runtime = Runtime.getRuntime();
        long now = runtime.totalMemory() - runtime.freeMemory();
        maximum.accumulateAndGet(now, Math::max);
        return now;
    }
}
