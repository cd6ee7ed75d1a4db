// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.influxdb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.api.metrics.Histogram;
import io.culex.api.metrics.Metric;
import io.culex.api.metrics.MetricSources;
import io.culex.api.metrics.MetricType;
import io.culex.metrics.export.Update;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineProtocolTest {
    private static final Instant TIME = Instant.ofEpochSecond(1_700_000_000, 999_999_999);

    private static Update encode(String measurement, String host, Metric... metrics) {
        MetricSources sources = new MetricSources(line -> {
            throw new AssertionError(line);
        });
        List<Metric> list = List.of(metrics);
        sources.add(() -> list);
        return new LineProtocol(measurement, host).encode(sources.read(), TIME);
    }

    private static String text(Update update) {
        return new String(update.body(), StandardCharsets.UTF_8);
    }

    @Test
    void metricsWithoutLabelsAreOneLine() {
        Histogram histogram = new Histogram(1);
        histogram.record(0.5);
        histogram.record(2);
        Update update = encode(
                "mosquitto",
                "broker1",
                Metric.single("sessions", MetricType.GAUGE, "Sessions.", () -> 3),
                Metric.single("bytes_sent", MetricType.COUNTER, "Bytes.", () -> 9e15),
                Metric.single("store_commit_seconds", MetricType.COUNTER, "Time.", () -> 2),
                Metric.single("process_open_fds", MetricType.GAUGE, "Not for this exporter.", () -> 3),
                Metric.histogram("queue_length", "Waiting.", histogram::read));
        assertEquals(
                "mosquitto,host=broker1 mosquitto_sessions=3i,mosquitto_bytes_sent=9000000000000000i,"
                        + "culex_store_commit_seconds=2.0,culex_queue_length_count=2i,culex_queue_length_sum=2.5"
                        + " 1700000000\n",
                text(update));
        assertEquals(1, update.items());
    }

    @Test
    void labelsBecomeTagsInTheOrderOfTheirKeys() {
        Metric metric = new Metric("plugin_calls", MetricType.COUNTER, "Calls.", List.of("zone", "a"), samples -> {
            samples.add(1, "x", "y");
            samples.add(2, "", "y\\");
        });
        Update update = encode("mosquitto", "h", metric);
        assertEquals(
                "mosquitto,a=y,host=h,zone=x culex_plugin_calls=1i 1700000000\n"
                        + "mosquitto,a=y,host=h culex_plugin_calls=2i 1700000000\n",
                text(update));
        assertEquals(2, update.items());
    }

    @Test
    void whatHasAMeaningIsEscaped() {
        Update update = encode(
                "my, measure", "a b,c=d\ne\\", Metric.single("sessions", MetricType.GAUGE, "Sessions.", () -> 1));
        assertEquals("my\\,\\ measure,host=a\\ b\\,c\\=d\\ e mosquitto_sessions=1i 1700000000\n", text(update));
    }

    @Test
    void whatIsNoNumberIsLeftOut() {
        Update update = encode(
                "m",
                "h",
                Metric.single("tls_certificate_days", MetricType.GAUGE, "Days.", () -> Double.NaN),
                Metric.single("sessions", MetricType.GAUGE, "Sessions.", () -> Double.POSITIVE_INFINITY),
                Metric.single("bytes_sent", MetricType.COUNTER, "Bytes.", () -> 1));
        assertEquals("m,host=h mosquitto_bytes_sent=1i 1700000000\n", text(update));
    }

    @Test
    void aLineWithoutAnyNumberIsLeftOut() {
        Metric days = new Metric("tls_certificate_days", MetricType.GAUGE, "Days.", List.of("listener"), samples -> {
            samples.add(Double.NaN, "a");
            samples.add(1, "b");
        });
        Update update = encode("m", "h", days);
        assertEquals("m,host=h,listener=b culex_tls_certificate_days=1.0 1700000000\n", text(update));
        assertEquals(1, update.items());
    }

    @Test
    void noTagEndsInABackslash() {
        Metric sessions = Metric.single("sessions", MetricType.GAUGE, "Sessions.", () -> 1);
        assertEquals("m,host=a mosquitto_sessions=1i 1700000000\n", text(encode("m", "a\\ ", sessions)));
        assertEquals("m,host=a mosquitto_sessions=1i 1700000000\n", text(encode("m", "a\\\n", sessions)));
    }
}
