// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

import io.culex.api.metrics.Metric;
import io.culex.api.metrics.MetricsSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The numbers of one moment, by name; those with labels are summed up. */
final class Readings {
    private final Map<String, Double> values = new HashMap<>();

    private Readings() {}

    static Readings of(List<MetricsSource> sources) {
        Readings readings = new Readings();
        for (MetricsSource source : sources) {
            for (Metric metric : source.metrics()) {
                metric.reader().accept((value, labels) -> readings.values.merge(metric.name(), value, Double::sum));
            }
        }
        return readings;
    }

    /** The value now; 0 when nobody offers it. */
    double value(String name) {
        return values.getOrDefault(name, 0.0);
    }
}
