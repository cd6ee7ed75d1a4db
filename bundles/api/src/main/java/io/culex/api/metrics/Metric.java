// SPDX-License-Identifier: Apache-2.0
package io.culex.api.metrics;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/**
 * One described number, or one number per combination of label values.
 *
 * @param name lower case, words joined by underscores, without a unit prefix
 * @param type how it behaves
 * @param help one sentence for a person
 * @param labels the names of the labels, in the order of the values in a sample; empty for a single number
 * @param reader gives the samples; called on an exporter's thread, must not block and is O(samples)
 */
public record Metric(String name, MetricType type, String help, List<String> labels, Consumer<Samples> reader) {
    /** Takes the samples of one reading. */
    public interface Samples {
        /** One sample; as many label values as the metric has labels. */
        void add(double value, String... labelValues);
    }

    public Metric {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(help, "help");
        labels = List.copyOf(labels);
        Objects.requireNonNull(reader, "reader");
    }

    /** A metric without labels. */
    public static Metric single(String name, MetricType type, String help, DoubleSupplier value) {
        return new Metric(name, type, help, List.of(), samples -> samples.add(value.getAsDouble()));
    }
}
