// SPDX-License-Identifier: Apache-2.0
package io.culex.api.metrics;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The sources that are there now, for an exporter to read. Any thread; a source that was removed is not read any more when
 * {@link #remove} returns.
 */
public final class MetricSources {
    /** Label values are few; what is above this is a fault of the source, and left out. */
    private static final int MAX_SAMPLES = 1000;

    private final Consumer<String> warnings;
    private final Map<MetricsSource, List<Metric>> sources = new LinkedHashMap<>();
    private final Set<String> warned = new HashSet<>();
    private volatile long changes;

    /**
     * No source yet.
     *
     * @param warnings takes what is wrong with a source, once for each fault
     */
    public MetricSources(Consumer<String> warnings) {
        this.warnings = warnings;
    }

    /** A source is there; its list of metrics is asked for once. One that cannot give it has none. */
    public synchronized void add(MetricsSource source) {
        sources.put(source, metricsOf(source));
        changed();
    }

    private List<Metric> metricsOf(MetricsSource source) {
        try {
            return List.copyOf(source.metrics());
        } catch (RuntimeException | Error e) {
            warnings.accept("Warning: The metrics of " + source.getClass().getName() + " cannot be read: " + e + ".");
            return List.of();
        }
    }

    /** A source goes. */
    public synchronized void remove(MetricsSource source) {
        sources.remove(source);
        changed();
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // under the lock
    private void changed() {
        changes++;
    }

    /** Differs whenever a source has come or gone. */
    public long changes() {
        return changes;
    }

    /**
     * Reads every metric. Those of one name are one family; where two sources give the same label values, as the old and the
     * new one of a plugin may for a moment, the older counts; so it does where they have a metric in different forms. One that
     * fails is left out from then on, whatever it throws; only that memory is short is told to who reads.
     */
    public synchronized Collection<Family> read() {
        Map<String, Reading> readings = new LinkedHashMap<>();
        sources.replaceAll((source, metrics) ->
                metrics.stream().filter(metric -> read(metric, readings)).toList());
        List<Family> families = new ArrayList<>();
        for (Reading reading : readings.values()) {
            families.add(new Family(reading.metric, List.copyOf(reading.samples.values())));
        }
        return families;
    }

    private boolean read(Metric metric, Map<String, Reading> readings) {
        Reading reading = readings.computeIfAbsent(metric.name(), name -> new Reading(metric));
        if (reading.metric.type() != metric.type() || !reading.metric.labels().equals(metric.labels())) {
            // Only while both are there: that of a new version of a plugin stays when the one before it has gone.
            warn(metric, "is offered twice in different forms");
            return true;
        }
        try {
            metric.reader().accept(reading);
        } catch (OutOfMemoryError e) {
            // Not the fault of the one whose turn it happens to be, which is not to be missed for it.
            throw e;
        } catch (RuntimeException | Error e) {
            warn(metric, "cannot be read: " + e);
            return false;
        }
        if (reading.overflown) {
            warn(metric, "has more than " + MAX_SAMPLES + " combinations of labels; the rest is left out");
        }
        return true;
    }

    private void warn(Metric metric, String fault) {
        if (warned.add(metric.name() + " " + fault)) {
            warnings.accept("Warning: The metric " + metric.name() + " " + fault + ".");
        }
    }

    private static final class Reading implements Metric.Samples {
        private final Metric metric;
        private final Map<List<String>, Family.Sample> samples = new LinkedHashMap<>();
        private boolean overflown;

        private Reading(Metric metric) {
            this.metric = metric;
        }

        @Override
        public void add(double value, String... labelValues) {
            put(value, null, labelValues);
        }

        @Override
        public void add(Distribution distribution, String... labelValues) {
            put(distribution.total(), distribution, labelValues);
        }

        private void put(double value, @Nullable Distribution distribution, String... labelValues) {
            List<String> labels = List.of(labelValues);
            if (labels.size() != metric.labels().size()
                    || (distribution != null) != (metric.type() == MetricType.HISTOGRAM)) {
                throw new IllegalArgumentException("a sample that is not as described");
            }
            overflown |= samples.size() >= MAX_SAMPLES && !samples.containsKey(labels);
            if (samples.size() < MAX_SAMPLES) {
                samples.putIfAbsent(labels, new Family.Sample(labels, value, distribution));
            }
        }
    }
}
