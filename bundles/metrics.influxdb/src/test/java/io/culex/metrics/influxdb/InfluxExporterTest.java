// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.influxdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.culex.api.config.BrokerSettings;
import io.culex.api.config.Generation;
import io.culex.api.metrics.Metric;
import io.culex.api.metrics.MetricType;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The exchange with a version 2 server, as its documentation describes it; no such server can be installed here. */
class InfluxExporterTest {
    private static final Generation GENERATION = new Generation(3, "run", BrokerSettings.DEFAULTS, List.of());

    private record Request(String line, String authorization, String type, String body) {}

    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> answers = new LinkedBlockingQueue<>();
    private HttpServer server;
    private InfluxExporter exporter;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        Map<String, String> given = Map.of(
                "host",
                "http://127.0.0.1:" + server.getAddress().getPort(),
                "organisation",
                "my-organisation",
                "bucket",
                "my-bucket",
                "token",
                "s3cret",
                "hostlabel",
                "broker1",
                "update_interval",
                "1");
        Class<InfluxExporter.Config> type = InfluxExporter.Config.class;
        exporter = new InfluxExporter(
                type.cast(Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (proxy, method, arguments) -> given.getOrDefault(
                                method.getName().replace("__", "_"), (String) method.getDefaultValue()))),
                Map.of("culex.plugin", "influx", "culex.generation", 3L, "culex.origin", "config:run"));
        List<Metric> metrics = List.of(Metric.single("sessions", MetricType.GAUGE, "Sessions.", () -> 4));
        exporter.addSource(() -> metrics);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange;
                InputStream body = new GZIPInputStream(exchange.getRequestBody())) {
            var headers = exchange.getRequestHeaders();
            requests.add(new Request(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                    headers.getFirst("Authorization"),
                    headers.getFirst("Content-Type"),
                    new String(body.readAllBytes(), StandardCharsets.UTF_8)));
            Integer status = answers.poll();
            exchange.sendResponseHeaders(status == null ? 204 : status, -1);
        }
    }

    @AfterEach
    void close() throws InterruptedException {
        exporter.close();
        server.stop(0);
    }

    private Request next() throws InterruptedException {
        Request request = requests.poll(10, TimeUnit.SECONDS);
        if (request == null) {
            throw new AssertionError("no request");
        }
        return request;
    }

    @Test
    void writesAsVersionTwoWantsIt() throws InterruptedException {
        exporter.commit(GENERATION.with(Map.of("influx", 3L)));
        Request request = next();
        assertEquals("POST /api/v2/write?org=my-organisation&bucket=my-bucket&precision=s", request.line());
        assertEquals("Token s3cret", request.authorization());
        assertEquals("text/plain; charset=utf-8", request.type());
        assertTrue(request.body().matches("(?s)mosquitto,host=broker1(,plugin=influx)? .*"), request.body());
        assertTrue(request.body().contains("mosquitto_sessions=4i"), request.body());
        assertTrue(
                request.body().contains("mosquitto,host=broker1,plugin=influx culex_exporter_delivered="),
                request.body());
    }

    @Test
    void aReadingThatWasNotTakenComesAgain() throws InterruptedException {
        answers.addAll(List.of(503, 401));
        exporter.commit(GENERATION.with(Map.of("influx", 3L)));
        String first = next().body();
        assertTrue(next().body().startsWith(first));
        assertTrue(next().body().startsWith(first));
    }

    @Test
    void sendsNothingForAnotherGeneration() throws InterruptedException {
        exporter.commit(GENERATION.with(Map.of("influx", 2L)));
        assertNull(requests.poll(1500, TimeUnit.MILLISECONDS));
    }
}
