// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.otlp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.InvalidProtocolBufferException;
import io.culex.api.metrics.Histogram;
import io.culex.api.metrics.Metric;
import io.culex.api.metrics.MetricSources;
import io.culex.api.metrics.MetricType;
import io.culex.api.metrics.MetricsSource;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OtlpEncoderTest {
    private static final long BEGIN = 1_000;

    private final Beginnings beginnings = new Beginnings(Instant.ofEpochSecond(BEGIN));
    private OtlpEncoder encoder = encoder("otlp");
    private final MetricSources sources = new MetricSources(line -> {
        throw new AssertionError(line);
    });
    private final Map<String, Double> calls = new HashMap<>(Map.of("a", 5.0, "b", 7.0));
    private Histogram lengths = new Histogram(1);

    private OtlpEncoder encoder(String exporter) {
        return new OtlpEncoder(Map.of(), exporter, beginnings);
    }

    /** What is sent at that second. */
    private List<io.opentelemetry.proto.metrics.v1.Metric> sent(long second) throws InvalidProtocolBufferException {
        byte[] body =
                encoder.encode(sources.read(), Instant.ofEpochSecond(second)).body();
        return ExportMetricsServiceRequest.parseFrom(body)
                .getResourceMetrics(0)
                .getScopeMetrics(0)
                .getMetricsList();
    }

    /** The seconds at which the series began that are sent at that second. */
    private Map<String, Long> starts(long second) throws InvalidProtocolBufferException {
        Map<String, Long> starts = new HashMap<>();
        sent(second).forEach(metric -> {
            metric.getSum()
                    .getDataPointsList()
                    .forEach(point -> starts.put(
                            point.getAttributes(0).getValue().getStringValue(), seconds(point.getStartTimeUnixNano())));
            metric.getHistogram()
                    .getDataPointsList()
                    .forEach(point -> starts.put("lengths", seconds(point.getStartTimeUnixNano())));
        });
        return starts;
    }

    private static long seconds(long nanos) {
        return nanos / 1_000_000_000;
    }

    private MetricsSource source() {
        List<Metric> metrics = List.of(
                new Metric(
                        "plugin_calls",
                        MetricType.COUNTER,
                        "Calls.",
                        List.of("plugin"),
                        samples -> calls.forEach((plugin, count) -> samples.add(count, plugin))),
                Metric.histogram("queue_length", "Waiting.", () -> lengths.read()));
        return () -> metrics;
    }

    /** What is told of a name is added to it by who makes names for Prometheus, unless it says so itself. */
    @ParameterizedTest
    @CsvSource({
        "commit_seconds, COUNTER, s",
        "queue_age_seconds, GAUGE, s",
        "queued_bytes, GAUGE, By",
        "certificate_days, GAUGE, d",
        "hit_ratio, GAUGE, 1",
        "sessions, GAUGE, ''",
        "ratio_of, GAUGE, ''",
        "uptime, COUNTER, ''",
        "heap_current, GAUGE, ''",
        "bytes_received, COUNTER, ''"
    })
    void theUnitIsWhatTheNameEndsIn(String name, MetricType type, String unit) throws Exception {
        sources.add(() -> List.of(Metric.single(name, type, "Help.", () -> 1)));
        assertEquals(unit, sent(2_000).get(0).getUnit());
    }

    @Test
    void whatHasFallenBeganWithTheReadingBefore() throws Exception {
        lengths.record(1);
        sources.add(source());
        assertEquals(Map.of("a", BEGIN, "b", BEGIN, "lengths", BEGIN), starts(2_000));
        calls.put("a", 6.0);
        calls.put("b", 1.0);
        assertEquals(Map.of("a", BEGIN, "b", 2_000L, "lengths", BEGIN), starts(2_010));
        lengths = new Histogram(1);
        assertEquals(Map.of("a", BEGIN, "b", 2_000L, "lengths", 2_010L), starts(2_020));
    }

    @Test
    void whatWasAwayForAReadingBeganAnewOnlyWhenItHasFallen() throws Exception {
        MetricsSource source = source();
        sources.add(source);
        starts(2_000);
        sources.remove(source);
        assertEquals(Map.of(), starts(2_010));
        calls.put("a", 4.0);
        sources.add(source);
        assertEquals(Map.of("a", 2_000L, "b", BEGIN, "lengths", BEGIN), starts(2_020));
    }

    /** Its own counters begin anew, and it must tell of others what the one before it has told. */
    @Test
    void anExporterThatFollowsAnotherGoesOnFromWhatThatOneHasRead() throws Exception {
        sources.add(source());
        starts(2_000);
        calls.put("a", 1.0);
        starts(2_010);
        encoder = encoder("otlp");
        calls.put("b", 0.0);
        assertEquals(Map.of("a", 2_000L, "b", 2_010L, "lengths", BEGIN), starts(2_020));
    }

    /** They read at the same moment, each for itself. */
    @Test
    void exportersOfOtherNamesHaveReadingsOfTheirOwn() throws Exception {
        sources.add(source());
        starts(2_000);
        encoder = encoder("other");
        calls.put("a", 4.0);
        assertEquals(Map.of("a", BEGIN, "b", BEGIN, "lengths", BEGIN), starts(2_000));
    }

    @Test
    void nothingBeginsAfterItsReadingWhereTheClockWasSetBack() throws Exception {
        sources.add(source());
        assertEquals(Map.of("a", 900L, "b", 900L, "lengths", 900L), starts(900));
    }
}
