// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.otlp;

import io.culex.api.metrics.Distribution;
import io.culex.api.metrics.Family;
import io.culex.api.metrics.MetricType;
import io.culex.metrics.export.Push;
import io.culex.metrics.export.Update;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.resource.v1.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * A reading as a request of OTLP; counters are cumulative ({@link Beginnings}). Requests one behind the other are one request, as
 * protobuf has it. Not for several threads.
 */
final class OtlpEncoder implements Push.Encoder {
    private final Resource resource;
    private final String exporter;
    private final Beginnings beginnings;

    /**
     * For one broker.
     *
     * @param attributes whose metrics they are
     * @param exporter who sends them
     * @param beginnings of the counters
     */
    OtlpEncoder(Map<String, String> attributes, String exporter, Beginnings beginnings) {
        Resource.Builder builder = Resource.newBuilder();
        attributes.forEach((key, value) -> builder.addAttributes(attribute(key, value)));
        this.resource = builder.build();
        this.exporter = exporter;
        this.beginnings = beginnings;
    }

    @Override
    public Update encode(Collection<Family> families, Instant time) {
        ScopeMetrics.Builder scope = ScopeMetrics.newBuilder()
                .setScope(InstrumentationScope.newBuilder().setName("io.culex"));
        int points = 0;
        for (Family family : families) {
            if (!family.samples().isEmpty()) {
                scope.addMetrics(metric(family, Beginnings.nanos(time)));
                points += family.samples().size();
            }
        }
        byte[] body = ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(
                        ResourceMetrics.newBuilder().setResource(resource).addScopeMetrics(scope))
                .build()
                .toByteArray();
        return new Update(body, points);
    }

    private Metric metric(Family family, long time) {
        Metric.Builder metric = Metric.newBuilder()
                .setName(family.exportName())
                .setDescription(family.metric().help())
                .setUnit(unit(family.metric().name()));
        AggregationTemporality sinceStart = AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;
        if (family.metric().type() == MetricType.HISTOGRAM) {
            return metric.setHistogram(Histogram.newBuilder()
                            .setAggregationTemporality(sinceStart)
                            .addAllDataPoints(distributions(family, time)))
                    .build();
        }
        List<NumberDataPoint> points = family.samples().stream()
                .map(sample -> number(family, sample, time))
                .toList();
        if (family.metric().type() == MetricType.COUNTER) {
            return metric.setSum(Sum.newBuilder()
                            .setAggregationTemporality(sinceStart)
                            .setIsMonotonic(true)
                            .addAllDataPoints(points))
                    .build();
        }
        return metric.setGauge(Gauge.newBuilder().addAllDataPoints(points)).build();
    }

    private NumberDataPoint number(Family family, Family.Sample sample, long time) {
        NumberDataPoint.Builder point =
                NumberDataPoint.newBuilder().setTimeUnixNano(time).addAllAttributes(attributes(family, sample));
        if (family.metric().type() == MetricType.COUNTER) {
            point.setStartTimeUnixNano(beginnings.of(exporter, family, sample, time));
        }
        if (family.metric().isWhole() && Double.isFinite(sample.value())) {
            point.setAsInt(Math.round(sample.value()));
        } else {
            point.setAsDouble(sample.value());
        }
        return point.build();
    }

    private List<HistogramDataPoint> distributions(Family family, long time) {
        List<HistogramDataPoint> points = new ArrayList<>();
        for (Family.Sample sample : family.samples()) {
            Distribution distribution = sample.distribution();
            if (distribution != null) {
                HistogramDataPoint.Builder point = HistogramDataPoint.newBuilder()
                        .setStartTimeUnixNano(beginnings.of(exporter, family, sample, time))
                        .setTimeUnixNano(time)
                        .setCount(distribution.total())
                        .setSum(distribution.sum())
                        .addAllAttributes(attributes(family, sample));
                for (int i = 0; i < distribution.buckets(); i++) {
                    point.addBucketCounts(distribution.count(i));
                    if (i < distribution.buckets() - 1) {
                        point.addExplicitBounds(distribution.bound(i));
                    }
                }
                points.add(point.build());
            }
        }
        return points;
    }

    private static List<KeyValue> attributes(Family family, Family.Sample sample) {
        List<KeyValue> attributes = new ArrayList<>();
        for (int i = 0; i < family.metric().labels().size(); i++) {
            attributes.add(attribute(
                    family.metric().labels().get(i), sample.labelValues().get(i)));
        }
        return attributes;
    }

    private static KeyValue attribute(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    /**
     * In the words of UCUM, as OpenTelemetry wants it, where the name says it already: who makes names for Prometheus of these adds
     * the unit to them, and they must stay what they are. A count has none; "1" is that of ratios.
     */
    private static String unit(String name) {
        return switch (name.substring(name.lastIndexOf('_') + 1)) {
            case "seconds" -> "s";
            case "bytes" -> "By";
            case "days" -> "d";
            case "ratio" -> "1";
            default -> "";
        };
    }
}
