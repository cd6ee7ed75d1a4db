// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.prometheus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.config.BrokerSettings;
import io.culex.api.config.Generation;
import io.culex.api.metrics.Metric;
import io.culex.api.metrics.MetricType;
import io.culex.api.metrics.MetricsSource;
import io.culex.metrics.export.OptionException;
import io.culex.metrics.export.Trust;
import io.culex.testkit.BrokerProcess;
import io.culex.testkit.pki.Authority;
import io.culex.testkit.pki.Issued;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrometheusExporterTest {
    private static final String PLUGIN = "cedalo_metrics_prometheus";

    private final AtomicLong sessions = new AtomicLong(4);
    private final Ports ports = new Ports();
    private final List<PrometheusExporter> exporters = new ArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        exporters.forEach(PrometheusExporter::close);
    }

    private PrometheusExporter exporter(long generation, String... options) throws OptionException {
        Map<String, String> given = new HashMap<>(Map.of("bind_address", "127.0.0.1", "update_interval", "0"));
        for (int i = 0; i < options.length; i += 2) {
            given.put(options[i], options[i + 1]);
        }
        PrometheusExporter made = new PrometheusExporter(
                TestConfig.of(given),
                Map.of("culex.plugin", PLUGIN, "culex.generation", generation, "culex.origin", "config:run"),
                ports);
        List<Metric> metrics =
                List.of(Metric.single("sessions", MetricType.GAUGE, "Made in " + generation, sessions::get));
        made.addSource(() -> metrics);
        exporters.add(made);
        return made;
    }

    private static Generation generation(long number) {
        return new Generation(number, "run", BrokerSettings.DEFAULTS, List.of()).with(Map.of(PLUGIN, number));
    }

    private HttpResponse<byte[]> get(int port, String... headers) throws Exception {
        return send(port, "GET", "/metrics", headers);
    }

    private HttpResponse<byte[]> send(int port, String method, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    @Test
    void answersWhatTheMetricsAreNow() throws Exception {
        PrometheusExporter exporter = exporter(1, "port", "0");
        exporter.commit(generation(1));
        HttpResponse<byte[]> answer = get(exporter.port());
        assertEquals(200, answer.statusCode());
        assertEquals(
                "text/plain; version=0.0.4; charset=utf-8",
                answer.headers().firstValue("Content-Type").orElse(""));
        assertTrue(text(answer).contains("\nmosquitto_sessions 4\n"), text(answer));
        sessions.set(5);
        assertTrue(text(get(exporter.port())).contains("\nmosquitto_sessions 5\n"));
        for (String name : List.of(
                "process_max_fds",
                "process_virtual_memory_max_bytes",
                "process_cpu_seconds_total",
                "process_virtual_memory_bytes",
                "process_resident_memory_bytes",
                "process_start_time_seconds",
                "process_open_fds",
                "culex_prometheus_scrapes{plugin=\"" + PLUGIN + "\"}")) {
            assertTrue(text(answer).contains("\n" + name + " "), name);
        }
    }

    @Test
    void aScrapeThatFailsByAnErrorIsCounted() throws Exception {
        PrometheusExporter exporter = exporter(1, "port", "0");
        exporter.commit(generation(1));
        List<Metric> metrics = List.of(Metric.single("x", MetricType.GAUGE, "X.", () -> {
            throw new OutOfMemoryError("of the test");
        }));
        MetricsSource source = () -> metrics;
        exporter.addSource(source);
        assertThrows(IOException.class, () -> get(exporter.port()));
        exporter.removeSource(source);
        assertFalse(text(get(exporter.port())).contains("\nculex_prometheus_failures{plugin=\"" + PLUGIN + "\"} 0\n"));
    }

    @Test
    void showsAReadingAgainForItsInterval() throws Exception {
        PrometheusExporter exporter = exporter(1, "port", "0", "update_interval", "3600");
        exporter.commit(generation(1));
        get(exporter.port());
        sessions.set(5);
        assertTrue(text(get(exporter.port())).contains("\nmosquitto_sessions 4\n"));
        List<Metric> late = List.of(Metric.single("late", MetricType.GAUGE, "Late.", () -> 1));
        exporter.addSource(() -> late);
        String now = text(get(exporter.port()));
        assertTrue(now.contains("\nculex_late 1\n") && now.contains("\nmosquitto_sessions 5\n"), now);
    }

    @Test
    void negotiatesFormatAndCompression() throws Exception {
        PrometheusExporter exporter = exporter(1, "port", "0");
        exporter.commit(generation(1));
        HttpResponse<byte[]> open = get(exporter.port(), "Accept", "application/openmetrics-text; version=1.0.0");
        assertEquals(
                "application/openmetrics-text; version=1.0.0; charset=utf-8",
                open.headers().firstValue("Content-Type").orElse(""));
        assertTrue(text(open).endsWith("# EOF\n"));
        HttpResponse<byte[]> compressed = get(exporter.port(), "Accept-Encoding", "gzip");
        assertEquals("gzip", compressed.headers().firstValue("Content-Encoding").orElse(""));
        byte[] plain = new GZIPInputStream(new ByteArrayInputStream(compressed.body())).readAllBytes();
        assertTrue(new String(plain, StandardCharsets.UTF_8).contains("mosquitto_sessions 4"));
    }

    @Test
    void refusesWhatIsNotAScrape() throws Exception {
        PrometheusExporter exporter = exporter(1, "port", "0");
        exporter.commit(generation(1));
        assertEquals(404, send(exporter.port(), "GET", "/other").statusCode());
        HttpResponse<byte[]> post = send(exporter.port(), "POST", "/metrics");
        assertEquals(405, post.statusCode());
        assertEquals("GET, HEAD", post.headers().firstValue("Allow").orElse(""));
        HttpResponse<byte[]> head = send(exporter.port(), "HEAD", "/metrics");
        assertEquals(200, head.statusCode());
        assertEquals(0, head.body().length);
        assertTrue(head.headers().firstValueAsLong("Content-Length").orElse(0) > 100);
    }

    @Test
    void asksForALogin() throws Exception {
        PrometheusExporter exporter = exporter(1, "port", "0", "username", "scraper", "password", "s3:cret");
        exporter.commit(generation(1));
        HttpResponse<byte[]> nobody = get(exporter.port());
        assertEquals(401, nobody.statusCode());
        assertFalse(text(nobody).contains("mosquitto"));
        assertEquals(
                401,
                get(exporter.port(), "Authorization", basic("scraper:wrong")).statusCode());
        assertEquals(401, get(exporter.port(), "Authorization", "Basic ???").statusCode());
        assertEquals(
                200,
                get(exporter.port(), "Authorization", basic("scraper:s3:cret")).statusCode());
    }

    private static String basic(String login) {
        return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void speaksTlsAndTakesTheCertificateOfItsSuccessor(@TempDir Path folder) throws Exception {
        Authority authority = Authority.root("metrics");
        Path ca = Issued.save(folder.resolve("ca.pem"), authority.own().pem());
        int port = io.culex.testkit.Ports.free();
        PrometheusExporter first = https(1, port, authority.server(), folder);
        first.commit(generation(1));
        PrometheusExporter second = https(2, port, authority.server(), folder);
        HttpClient trusting = HttpClient.newBuilder().sslContext(Trust.of(ca)).build();
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/metrics"))
                .build();
        assertTrue(trusting.send(request, BodyHandlers.ofString()).body().contains("Made in 1"));
        second.commit(generation(2));
        first.close();
        HttpClient another = HttpClient.newBuilder().sslContext(Trust.of(ca)).build();
        String body = another.send(request, BodyHandlers.ofString()).body();
        assertTrue(body.contains("Made in 2"));
        assertTrue(body.contains("\nculex_prometheus_certificate_days{plugin=\"" + PLUGIN + "\"} 0.99"), body);
    }

    private PrometheusExporter https(long generation, int port, Issued server, Path folder) throws Exception {
        String name = String.valueOf(generation);
        server.write(folder, name);
        return exporter(
                generation,
                "bind_address",
                "localhost",
                "port",
                String.valueOf(port),
                "certfile",
                folder.resolve(name + ".crt").toString(),
                "keyfile",
                folder.resolve(name + ".key").toString());
    }

    @Test
    void answersNobodyBeforeItsGenerationIsInForce() throws Exception {
        int port = io.culex.testkit.Ports.free();
        PrometheusExporter exporter = exporter(2, "port", String.valueOf(port));
        exporter.commit(generation(1));
        var answer = client.sendAsync(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                        .build(),
                BodyHandlers.ofString());
        assertThrows(TimeoutException.class, () -> answer.get(200, TimeUnit.MILLISECONDS));
        exporter.commit(generation(2));
        assertTrue(answer.get(10, TimeUnit.SECONDS).body().contains("Made in 2"));
    }

    @Test
    void aPortThatIsTakenRefusesTheConfiguration() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            OptionException refused = assertThrows(
                    OptionException.class, () -> exporter(1, "port", String.valueOf(taken.getLocalPort())));
            assertEquals(
                    "prometheus: Error: Port " + taken.getLocalPort() + " cannot be opened: Address already in use.",
                    refused.getMessage());
        }
    }

    @Test
    void aPortThatNeverAnsweredIsFreeAgainWhenItsConfigurationIsRefused() throws Exception {
        int port = io.culex.testkit.Ports.free();
        exporter(2, "port", String.valueOf(port)).close();
        try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
            assertTrue(free.isBound());
        }
    }

    @Test
    void aSuccessorOnTheSamePortTakesOverWithoutAGap() throws Exception {
        String port = String.valueOf(io.culex.testkit.Ports.free());
        PrometheusExporter old = exporter(1, "port", port);
        old.commit(generation(1));
        PrometheusExporter refused = exporter(2, "port", port);
        assertTrue(text(get(old.port())).contains("Made in 1"));
        refused.close();
        assertTrue(text(get(old.port())).contains("Made in 1"));
        PrometheusExporter next = exporter(3, "port", port);
        old.commit(generation(3));
        old.close();
        assertTrue(text(get(next.port())).contains("Made in 3"));
        next.commit(generation(3));
        assertTrue(text(get(next.port())).contains("Made in 3"));
        next.close();
        assertFalse(BrokerProcess.accepts(Integer.parseInt(port)));
    }

    @Test
    void aPortInAnotherFormIsTakenWhenItIsGivenUp() throws Exception {
        String port = String.valueOf(io.culex.testkit.Ports.free());
        PrometheusExporter all = exporter(1, "port", port, "bind_address", "");
        all.commit(generation(1));
        PrometheusExporter one = exporter(2, "port", port);
        one.commit(generation(2));
        assertTrue(text(get(all.port())).contains("Made in 1"));
        all.close();
        assertTrue(text(get(one.port())).contains("Made in 2"));
    }

    @Test
    void wrongOptionsAreNamed() {
        assertRefused("'plugin_opt_port' value out of range, it is 0 to 65535.", "port", "65536");
        assertRefused("'plugin_opt_update_interval' value not a number.", "update_interval", "x");
        assertRefused("Both 'plugin_opt_certfile' and 'plugin_opt_keyfile' must be given.", "certfile", "/x");
        assertRefused("The plugin needs 'plugin_opt_password'.", "username", "x");
        assertRefused(
                "Invalid 'plugin_opt_bind_address' value (no such host): unknown host.",
                "bind_address",
                "no such host");
    }

    private void assertRefused(String reason, String... options) {
        OptionException refused = assertThrows(OptionException.class, () -> exporter(1, options));
        assertEquals("prometheus: Error: " + reason, refused.getMessage());
    }

    @Test
    void theLimitsOfTheServerAreSet() {
        assertArrayEquals(new String[] {"10", "true"}, new String[] {
            System.getProperty("sun.net.httpserver.maxReqTime"), System.getProperty("sun.net.httpserver.nodelay")
        });
    }
}
