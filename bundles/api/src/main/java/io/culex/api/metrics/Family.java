// SPDX-License-Identifier: Apache-2.0
package io.culex.api.metrics;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One metric as it was read, from all sources that offer it.
 *
 * @param metric its description
 * @param samples one per combination of label values, each combination once
 */
public record Family(Metric metric, List<Sample> samples) {
    /**
     * One value.
     *
     * @param labelValues in the order of the metric's labels
     * @param value the number; of a distribution the number of its values
     * @param distribution of a histogram, or null
     */
    public record Sample(List<String> labelValues, double value, @Nullable Distribution distribution) {
        public Sample {
            labelValues = List.copyOf(labelValues);
        }
    }

    public Family {
        samples = List.copyOf(samples);
    }

    /** The name that exporters give it. */
    public String exportName() {
        return ExportName.of(metric.name());
    }
}
