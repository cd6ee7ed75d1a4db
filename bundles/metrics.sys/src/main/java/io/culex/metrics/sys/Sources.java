// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.sys;

import io.culex.api.metrics.Metric;
import io.culex.api.metrics.MetricsSource;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The sources of metrics that are there now. Any thread; a source that has been removed is not read any more when
 * {@link #remove} returns.
 */
final class Sources {
    private final Set<String> wanted;
    private final Consumer<String> warnings;
    private final Map<MetricsSource, List<Metric>> metrics = new IdentityHashMap<>();

    /**
     * No source yet.
     *
     * @param wanted the names of the metrics to read
     * @param warnings takes what is wrong with a source
     */
    Sources(Set<String> wanted, Consumer<String> warnings) {
        this.wanted = wanted;
        this.warnings = warnings;
    }

    synchronized void add(MetricsSource source) {
        List<Metric> read = source.metrics().stream()
                .filter(metric -> metric.labels().isEmpty() && wanted.contains(metric.name()))
                .toList();
        metrics.put(source, read);
    }

    synchronized void remove(MetricsSource source) {
        metrics.remove(source);
    }

    /** Reads every metric that is wanted; one that fails is left out from then on. */
    synchronized Map<String, Double> read() {
        Map<String, Double> readings = new HashMap<>();
        metrics.replaceAll((source, list) ->
                list.stream().filter(metric -> read(metric, readings)).toList());
        return readings;
    }

    private boolean read(Metric metric, Map<String, Double> readings) {
        try {
            metric.reader().accept((value, labels) -> readings.put(metric.name(), value));
            return true;
        } catch (RuntimeException | LinkageError e) {
            warnings.accept("Warning: The metric " + metric.name() + " cannot be read: " + e);
            return false;
        }
    }
}
