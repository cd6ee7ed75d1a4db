// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.prometheus;

import io.culex.api.metrics.Distribution;
import io.culex.api.metrics.Family;
import io.culex.api.metrics.MetricType;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.PrometheusNaming;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * OpenMetrics 1.0, by Prometheus' own library. That gives up the whole answer for one thing that the format forbids, which a plugin may
 * well offer, so this is left out: counters below 0 or without a number, and families whose names are the same without {@code _total}.
 */
final class OpenMetrics {
    private static final String TOTAL = "_total";

    private OpenMetrics() {}

    static byte[] write(Collection<Family> families) {
        Map<String, MetricSnapshot> snapshots = new LinkedHashMap<>();
        for (Family family : families) {
            snapshots.computeIfAbsent(PrometheusNaming.prometheusName(base(family)), name -> snapshot(family));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            OpenMetricsTextFormatWriter.create()
                    .write(out, new MetricSnapshots(snapshots.values()), EscapingScheme.UNDERSCORE_ESCAPING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static String base(Family family) {
        String name = family.exportName();
        boolean counts = family.metric().type() == MetricType.COUNTER && name.endsWith(TOTAL);
        return counts ? name.substring(0, name.length() - TOTAL.length()) : name;
    }

    private static MetricSnapshot snapshot(Family family) {
        String name = base(family);
        String help = family.metric().help();
        if (family.metric().type() == MetricType.COUNTER) {
            return new CounterSnapshot(
                    new MetricMetadata(name, help),
                    family.samples().stream()
                            .filter(sample -> sample.value() >= 0)
                            .map(sample ->
                                    new CounterDataPointSnapshot(sample.value(), labels(family, sample), null, 0))
                            .toList());
        }
        if (family.metric().type() == MetricType.GAUGE) {
            return new GaugeSnapshot(
                    new MetricMetadata(name, help),
                    family.samples().stream()
                            .map(sample -> new GaugeDataPointSnapshot(sample.value(), labels(family, sample), null))
                            .toList());
        }
        return new HistogramSnapshot(
                new MetricMetadata(name, help),
                family.samples().stream()
                        .map(sample -> histogram(labels(family, sample), sample))
                        .toList());
    }

    private static Labels labels(Family family, Family.Sample sample) {
        return Labels.of(family.metric().labels(), sample.labelValues());
    }

    private static HistogramDataPointSnapshot histogram(Labels labels, Family.Sample sample) {
        Distribution distribution = sample.distribution();
        if (distribution == null) {
            throw new IllegalStateException("a histogram without a distribution");
        }
        double[] bounds = new double[distribution.buckets()];
        long[] counts = new long[bounds.length];
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] = distribution.bound(i);
            counts[i] = distribution.count(i);
        }
        return new HistogramDataPointSnapshot(
                ClassicHistogramBuckets.of(bounds, counts), distribution.sum(), labels, Exemplars.EMPTY, 0);
    }
}
