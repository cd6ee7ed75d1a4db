// SPDX-License-Identifier: Apache-2.0
package io.culex.security.file;

import io.culex.api.metrics.Metric;
import io.culex.api.metrics.MetricType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/** The metrics of a plugin that has a file; each has the label {@code plugin}, for there may be several such plugins. */
public final class FileMetrics {
    private static final List<String> LABELS = List.of("plugin");

    private final String prefix;
    private final String plugin;
    private final List<Metric> metrics = new ArrayList<>();

    /**
     * Those of the file itself.
     *
     * @param prefix how their names begin, without the underscore
     * @param plugin the plugin's name
     */
    public FileMetrics(String prefix, String plugin, RuleFile<?> file) {
        this.prefix = prefix;
        this.plugin = plugin;
        gauge(
                "load_failed",
                "1 while the file is not what is in force, because it is broken.",
                () -> file.isFailed() ? 1 : 0);
        counter("load_failures", "Changed files that could not be taken.", file::failures);
        counter("loads", "Changed files that were taken.", file::changes);
    }

    /** One that goes up and down. */
    public FileMetrics gauge(String name, String help, DoubleSupplier value) {
        return add(name, MetricType.GAUGE, help, value);
    }

    /** One that only grows. */
    public FileMetrics counter(String name, String help, DoubleSupplier value) {
        return add(name, MetricType.COUNTER, help, value);
    }

    /** All of them. */
    public List<Metric> all() {
        return List.copyOf(metrics);
    }

    private FileMetrics add(String name, MetricType type, String help, DoubleSupplier value) {
        metrics.add(new Metric(
                prefix + "_" + name, type, help, LABELS, samples -> samples.add(value.getAsDouble(), plugin)));
        return this;
    }
}
