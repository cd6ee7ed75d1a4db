// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

import io.culex.api.metrics.Family;
import io.culex.api.metrics.MetricSources;
import io.culex.api.metrics.MetricType;
import io.culex.api.metrics.MetricsSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The numbers of one moment, by name; those with labels are summed up. */
final class Readings {
    private final Map<String, Double> values = new HashMap<>();

    private Readings() {}

    static Readings of(List<MetricsSource> sources) {
        Readings readings = new Readings();
        for (Family family : families(sources)) {
            if (family.metric().type() != MetricType.HISTOGRAM) {
                family.samples()
                        .forEach(sample -> readings.values.merge(family.metric().name(), sample.value(), Double::sum));
            }
        }
        return readings;
    }

    /** All metrics of the moment; a source that fails, as one whose bundle is being exchanged may, takes away only its own. */
    static Collection<Family> families(List<MetricsSource> sources) {
        // What fails is missing in the answer, which is for a person; the log has it from the exporters.
        MetricSources now = new MetricSources(fault -> {});
        sources.forEach(now::add);
        return now.read();
    }

    /** The value now; 0 when nobody offers it. */
    double value(String name) {
        return values.getOrDefault(name, 0.0);
    }
}
