// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.prometheus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.metrics.Family;
import io.culex.api.metrics.Histogram;
import io.culex.api.metrics.Metric;
import io.culex.api.metrics.MetricSources;
import io.culex.api.metrics.MetricType;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatTest {
    private static final String PROMETHEUS = "application/openmetrics-text;version=1.0.0,"
            + "application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1";

    private static Collection<Family> families() {
        MetricSources sources = new MetricSources(line -> {
            throw new AssertionError(line);
        });
        Histogram histogram = new Histogram(0.001, 1);
        histogram.record(0.001);
        histogram.record(0.5);
        histogram.record(7);
        List<Metric> metrics = List.of(
                Metric.single("bytes_received", MetricType.COUNTER, "Bytes \\ lines\nof \"it\".", () -> 9e15),
                Metric.single("process_cpu_seconds_total", MetricType.COUNTER, "Time.", () -> 0.25),
                new Metric("plugin_calls", MetricType.COUNTER, "Calls.", List.of("plugin"), samples -> {
                    samples.add(1, "a\"b\\c\nd");
                    samples.add(2, "ü");
                }),
                Metric.single("sessions", MetricType.GAUGE, "Sessions.", () -> 3),
                Metric.histogram("publish_latency_seconds", "Latency.", histogram::read));
        sources.add(() -> metrics);
        return sources.read();
    }

    private static String text(Format format) {
        return new String(format.write(families()), StandardCharsets.UTF_8);
    }

    @Test
    void textHasTheNamesOfTheDocument() {
        assertEquals(
                """
                # HELP mosquitto_bytes_received Bytes \\\\ lines\\nof "it".
                # TYPE mosquitto_bytes_received counter
                mosquitto_bytes_received 9000000000000000
                # HELP process_cpu_seconds_total Time.
                # TYPE process_cpu_seconds_total counter
                process_cpu_seconds_total 0.25
                # HELP culex_plugin_calls Calls.
                # TYPE culex_plugin_calls counter
                culex_plugin_calls{plugin="a\\"b\\\\c\\nd"} 1
                culex_plugin_calls{plugin="ü"} 2
                # HELP mosquitto_sessions Sessions.
                # TYPE mosquitto_sessions gauge
                mosquitto_sessions 3
                # HELP culex_publish_latency_seconds Latency.
                # TYPE culex_publish_latency_seconds histogram
                culex_publish_latency_seconds_bucket{le="0.001"} 1
                culex_publish_latency_seconds_bucket{le="1"} 2
                culex_publish_latency_seconds_bucket{le="+Inf"} 3
                culex_publish_latency_seconds_sum 7.501
                culex_publish_latency_seconds_count 3
                """,
                text(Format.TEXT));
    }

    @Test
    void openMetricsEndsCountersInTotalAndItselfInEof() {
        String text = text(Format.OPEN_METRICS);
        assertTrue(text.endsWith("# EOF\n"), text);
        assertTrue(text.contains("mosquitto_bytes_received_total 9.0E15\n"), text);
        assertTrue(text.contains("\nprocess_cpu_seconds_total 0.25\n"), text);
        assertTrue(text.contains("culex_publish_latency_seconds_bucket{le=\"+Inf\"} 3\n"), text);
        assertTrue(text.contains("culex_plugin_calls_total{plugin=\"a\\\"b\\\\c\\nd\"} 1.0\n"), text);
    }

    /** A plugin may count so; a scrape without anything at all would be the answer. */
    @Test
    void openMetricsLeavesOutWhatItForbidsAndNothingElse() {
        MetricSources sources = new MetricSources(line -> {
            throw new AssertionError(line);
        });
        sources.add(() -> List.of(
                Metric.single("jobs", MetricType.COUNTER, "Jobs.", () -> 1),
                Metric.single("jobs_total", MetricType.COUNTER, "All jobs.", () -> 2),
                Metric.single("balance", MetricType.COUNTER, "Less than nothing.", () -> -1),
                Metric.single("nothing_ratio", MetricType.COUNTER, "No number.", () -> Double.NaN),
                Metric.single("sessions", MetricType.GAUGE, "Sessions.", () -> 3)));
        String text = new String(Format.OPEN_METRICS.write(sources.read()), StandardCharsets.UTF_8);
        assertEquals(
                List.of("culex_jobs_total 1.0", "mosquitto_sessions 3.0"),
                text.lines().filter(line -> !line.startsWith("#")).toList());
        assertTrue(text.endsWith("# EOF\n"), text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "-|TEXT|TEXT",
                "''|TEXT|TEXT",
                "*/*|TEXT|TEXT",
                "text/html|TEXT|TEXT",
                PROMETHEUS + "|TEXT|OPEN_METRICS",
                "application/openmetrics-text|OPEN_METRICS|OPEN_METRICS",
                "application/openmetrics-text; version=1.0.0; q=0.4, text/plain; q=0.5|TEXT|TEXT",
                "application/openmetrics-text;q=0|TEXT|TEXT"
            })
    void answersInTextUnlessItIsNotTakenOrPreferenceCounts(String accept, Format usual, Format preferred) {
        assertEquals(usual, Format.of(accept, false));
        assertEquals(preferred, Format.of(accept, true));
    }

    @Test
    void compressesForWhoTakesIt() {
        assertTrue(Scrapes.takesGzip("deflate, GZIP"));
        assertTrue(Scrapes.takesGzip("gzip; q=0.5"));
        assertFalse(Scrapes.takesGzip(""));
        assertFalse(Scrapes.takesGzip("gzip;q=0"));
        assertFalse(Scrapes.takesGzip("xgzip"));
    }
}
