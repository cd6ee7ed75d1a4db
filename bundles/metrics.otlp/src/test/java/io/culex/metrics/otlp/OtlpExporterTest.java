// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.otlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.culex.api.config.BrokerSettings;
import io.culex.api.config.Generation;
import io.culex.api.metrics.Histogram;
import io.culex.api.metrics.Metric;
import io.culex.api.metrics.MetricType;
import io.culex.metrics.export.OptionException;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OtlpExporterTest {
    private static final Generation GENERATION =
            new Generation(3, "run", BrokerSettings.DEFAULTS, List.of()).with(Map.of("otlp", 3L));

    private record Request(String line, String key, String type, ExportMetricsServiceRequest content) {}

    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> answers = new LinkedBlockingQueue<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange;
                InputStream body = new GZIPInputStream(exchange.getRequestBody())) {
            requests.add(new Request(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                    exchange.getRequestHeaders().getFirst("Api-Key"),
                    exchange.getRequestHeaders().getFirst("Content-Type"),
                    ExportMetricsServiceRequest.parseFrom(body)));
            Integer status = answers.poll();
            exchange.sendResponseHeaders(status == null ? 200 : status, -1);
        }
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    private OtlpExporter exporter(String... options) throws OptionException {
        Map<String, String> given = new HashMap<>(Map.of("update_interval", "1"));
        given.put("endpoint", "http://127.0.0.1:" + server.getAddress().getPort());
        for (int i = 0; i < options.length; i += 2) {
            given.put(options[i], options[i + 1]);
        }
        Class<OtlpExporter.Config> type = OtlpExporter.Config.class;
        OtlpExporter exporter = new OtlpExporter(
                type.cast(Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (proxy, method, arguments) -> given.getOrDefault(
                                method.getName().replace("__", "_"), (String) method.getDefaultValue()))),
                Map.of("culex.plugin", "otlp", "culex.generation", 3L, "culex.origin", "config:run"),
                new Beginnings());
        Histogram histogram = new Histogram(1, 2);
        histogram.record(1.5);
        histogram.record(9);
        List<Metric> metrics = List.of(
                Metric.single("sessions", MetricType.GAUGE, "Sessions.", () -> 4),
                Metric.single("bytes_received", MetricType.COUNTER, "Bytes.", () -> 9e15),
                new Metric("tls_certificate_days", MetricType.GAUGE, "Days.", List.of("listener"), samples -> {
                    samples.add(89.5, "a");
                    samples.add(90, "b");
                }),
                Metric.histogram("queue_length", "Waiting.", histogram::read));
        exporter.addSource(() -> metrics);
        return exporter;
    }

    private Request next() throws InterruptedException {
        Request request = requests.poll(10, TimeUnit.SECONDS);
        if (request == null) {
            throw new AssertionError("no request");
        }
        return request;
    }

    private static Map<String, io.opentelemetry.proto.metrics.v1.Metric> byName(ResourceMetrics metrics) {
        return metrics.getScopeMetrics(0).getMetricsList().stream()
                .collect(Collectors.toMap(io.opentelemetry.proto.metrics.v1.Metric::getName, metric -> metric));
    }

    private static io.opentelemetry.proto.metrics.v1.Metric named(
            Map<String, io.opentelemetry.proto.metrics.v1.Metric> metrics, String name) {
        return Objects.requireNonNull(metrics.get(name), name);
    }

    private static String text(List<KeyValue> attributes) {
        return attributes.stream()
                .map(attribute ->
                        attribute.getKey() + "=" + attribute.getValue().getStringValue())
                .sorted()
                .collect(Collectors.joining(","));
    }

    @Test
    void sendsEveryKindOfMetric() throws Exception {
        OtlpExporter exporter = exporter("headers", "api-key=a%20b", "hostlabel", "broker1");
        exporter.commit(GENERATION);
        Request request = next();
        exporter.close();
        assertEquals("POST /v1/metrics", request.line());
        assertEquals("a b", request.key());
        assertEquals("application/x-protobuf", request.type());
        ResourceMetrics sent = request.content().getResourceMetrics(0);
        assertEquals(
                "host.name=broker1,service.name=culex", text(sent.getResource().getAttributesList()));
        var metrics = byName(sent);
        NumberDataPoint sessions =
                named(metrics, "mosquitto_sessions").getGauge().getDataPoints(0);
        assertEquals(4, sessions.getAsInt());
        assertTrue(Math.abs(sessions.getTimeUnixNano() / 1_000_000 - System.currentTimeMillis()) < 60_000);
        var bytes = named(metrics, "mosquitto_bytes_received");
        assertEquals("", bytes.getUnit());
        assertTrue(bytes.getSum().getIsMonotonic());
        assertEquals(
                AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE,
                bytes.getSum().getAggregationTemporality());
        assertEquals(9_000_000_000_000_000L, bytes.getSum().getDataPoints(0).getAsInt());
        var days = named(metrics, "culex_tls_certificate_days").getGauge();
        assertEquals("listener=a", text(days.getDataPoints(0).getAttributesList()));
        assertEquals(89.5, days.getDataPoints(0).getAsDouble());
        assertEquals(90, days.getDataPoints(1).getAsDouble());
        HistogramDataPoint queue =
                named(metrics, "culex_queue_length").getHistogram().getDataPoints(0);
        assertEquals(List.of(0L, 1L, 1L), queue.getBucketCountsList());
        assertEquals(List.of(1.0, 2.0), queue.getExplicitBoundsList());
        assertEquals(10.5, queue.getSum());
        assertEquals(2, queue.getCount());
        assertEquals(1, named(metrics, "culex_exporter_waiting").getGauge().getDataPointsCount());
    }

    @Test
    void anExporterThatFollowsAnotherSaysTheSameStart() throws Exception {
        long machine = ManagementFactory.getRuntimeMXBean().getStartTime() * 1_000_000;
        for (int i = 0; i < 2; i++) {
            OtlpExporter exporter = exporter();
            exporter.commit(GENERATION);
            var metrics = byName(next().content().getResourceMetrics(0));
            exporter.close();
            requests.clear();
            var bytes = named(metrics, "mosquitto_bytes_received").getSum().getDataPoints(0);
            assertEquals(machine, bytes.getStartTimeUnixNano());
            var queue = named(metrics, "culex_queue_length").getHistogram().getDataPoints(0);
            assertEquals(machine, queue.getStartTimeUnixNano());
        }
    }

    @Test
    void readingsThatWereNotTakenComeTogether() throws Exception {
        answers.addAll(List.of(503, 503));
        OtlpExporter exporter = exporter();
        exporter.commit(GENERATION);
        ResourceMetrics first = next().content().getResourceMetrics(0);
        assertEquals(first, next().content().getResourceMetrics(0));
        ExportMetricsServiceRequest both = next().content();
        exporter.close();
        assertTrue(both.getResourceMetricsCount() > 1);
        assertEquals(first, both.getResourceMetrics(0));
    }

    @Test
    void whatIsWrongIsNamed() {
        assertEquals(
                "otlp: Error: 'plugin_opt_headers' must be name=value, separated by commas.",
                refusal("headers", "Content-Type=x"));
        assertEquals(
                "otlp: Error: 'plugin_opt_headers' has characters that no header may have.",
                refusal("headers", "key=a%0Ab"));
        assertEquals(
                "otlp: Error: Invalid 'plugin_opt_endpoint' value (here): not an http or https address.",
                refusal("endpoint", "here"));
        assertEquals("otlp: Error: 'plugin_opt_buffer' value not a number.", refusal("buffer", ""));
    }

    private String refusal(String... options) {
        return String.valueOf(
                assertThrows(OptionException.class, () -> exporter(options)).getMessage());
    }
}
