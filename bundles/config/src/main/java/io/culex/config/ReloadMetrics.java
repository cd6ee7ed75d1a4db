// SPDX-License-Identifier: Apache-2.0
package io.culex.config;

import io.culex.api.metrics.Metric;
import io.culex.api.metrics.MetricType;
import io.culex.api.metrics.MetricsSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** What became of the changes of the configuration. Any thread. */
final class ReloadMetrics implements MetricsSource {
    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final List<Metric> metrics;
    private volatile boolean differs;

    ReloadMetrics(LongSupplier generation) {
        metrics = List.of(
                Metric.single(
                        "config_state",
                        MetricType.GAUGE,
                        "1 while what runs is what the last reload read, 0 after one that was refused and after a rollback.",
                        () -> differs ? 0 : 1),
                Metric.single(
                        "config_generation",
                        MetricType.GAUGE,
                        "The number of the configuration that runs.",
                        generation::getAsLong),
                Metric.single("config_reloads", MetricType.COUNTER, "Reloads that were taken.", taken::get),
                Metric.single(
                        "config_reloads_refused", MetricType.COUNTER, "Reloads that were refused.", refused::get));
    }

    void reloaded(boolean wasTaken) {
        (wasTaken ? taken : refused).incrementAndGet();
        differs = !wasTaken;
    }

    /** The files say something else now, and no reload was refused. */
    void rolledBack() {
        differs = true;
    }

    @Override
    public List<Metric> metrics() {
        return metrics;
    }
}
