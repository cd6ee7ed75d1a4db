// SPDX-License-Identifier: Apache-2.0
package io.culex.api.metrics;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * One described number or distribution, or one per combination of label values. The constructor refuses names that an exporter
 * could not write, with an {@link IllegalArgumentException} that names them: they would make all that it says invalid.
 *
 * @param name lower case, words joined by underscores, without the prefix that exporters give ({@link ExportName}); one that is
 *     not a whole number ends in its unit: {@code _seconds}, {@code _days} or {@code _ratio}
 * @param type how it behaves
 * @param help one sentence for a person
 * @param labels the names of the labels, in the order of the values in a sample; empty for a single number. They are made of
 *     the same characters as names. Their values are few and come from the configuration (a listener, a plugin), never from clients
 * @param reader gives the samples; called on an exporter's thread, must not block and is O(samples)
 */
public record Metric(String name, MetricType type, String help, List<String> labels, Consumer<Samples> reader) {
    private static final Pattern WORDS = Pattern.compile("[a-zA-Z][a-zA-Z0-9_]*");

    /** What exporters call the bound of a bucket. */
    private static final String BOUND = "le";

    /** Takes the samples of one reading. */
    @FunctionalInterface
    public interface Samples {
        /**
         * One sample.
         *
         * @param labelValues as many as the metric has labels, in their order
         */
        void add(double value, String... labelValues);

        /** One sample of a {@link MetricType#HISTOGRAM}; a reader that takes numbers only passes it over. */
        default void add(Distribution distribution, String... labelValues) {
            // Numbers only.
        }
    }

    public Metric {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(help, "help");
        labels = List.copyOf(labels);
        Objects.requireNonNull(reader, "reader");
        if (!WORDS.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + name + "' cannot be the name of a metric");
        }
        for (String label : labels) {
            if (!WORDS.matcher(label).matches() || (type == MetricType.HISTOGRAM && label.equals(BOUND))) {
                throw new IllegalArgumentException("'" + label + "' cannot be a label of the metric " + name);
            }
        }
        if (Set.copyOf(labels).size() < labels.size()) {
            throw new IllegalArgumentException("the metric " + name + " has a label twice: " + labels);
        }
    }

    /**
     * A number without labels.
     *
     * @param value asked on an exporter's thread: must not block
     */
    public static Metric single(String name, MetricType type, String help, DoubleSupplier value) {
        return new Metric(name, type, help, List.of(), samples -> samples.add(value.getAsDouble()));
    }

    /**
     * A histogram without labels.
     *
     * @param distribution asked on an exporter's thread: must not block
     */
    public static Metric histogram(String name, String help, Supplier<Distribution> distribution) {
        return new Metric(
                name, MetricType.HISTOGRAM, help, List.of(), samples -> samples.add(distribution.get(), new String[0]));
    }

    /** Whether its values are whole numbers, by its name. */
    public boolean isWhole() {
        return !name.endsWith("_seconds") && !name.endsWith("_days") && !name.endsWith("_ratio");
    }
}
