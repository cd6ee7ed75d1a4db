// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.prometheus;

import com.sun.net.httpserver.HttpExchange;
import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import io.culex.api.metrics.Metric;
import io.culex.api.metrics.MetricType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/** Answers requests: {@code GET} and {@code HEAD} of {@code /metrics}. On the threads of the HTTP server. */
final class Scrapes {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double SECONDS_PER_DAY = 86_400;

    private final Exposition exposition;
    private final Settings settings;
    private final BrokerLog log;
    private final LongAdder scrapes = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder nanos = new LongAdder();

    Scrapes(Exposition exposition, Settings settings, BrokerLog log) {
        this.exposition = exposition;
        this.settings = settings;
        this.log = log;
    }

    List<Metric> metrics(String plugin) {
        List<Metric> all = new ArrayList<>(List.of(
                metric(plugin, "prometheus_scrapes", "Scrapes answered.", scrapes, 1),
                metric(plugin, "prometheus_refusals", "Requests refused, most often for want of a login.", refused, 1),
                metric(plugin, "prometheus_failures", "Scrapes that failed.", failed, 1),
                metric(plugin, "prometheus_scrape_seconds", "Time that scrapes took.", nanos, NANOS_PER_SECOND)));
        Settings.Tls tls = settings.tls();
        if (tls != null) {
            all.add(new Metric(
                    "prometheus_certificate_days",
                    MetricType.GAUGE,
                    "Days until the certificate of the exporter, or one above it, expires.",
                    List.of("plugin"),
                    samples -> samples.add(
                            Duration.between(Instant.now(), tls.validUntil()).toSeconds() / SECONDS_PER_DAY, plugin)));
        }
        return List.copyOf(all);
    }

    private static Metric metric(String plugin, String name, String help, LongAdder value, double unit) {
        return new Metric(
                name, MetricType.COUNTER, help, List.of("plugin"), samples -> samples.add(value.sum() / unit, plugin));
    }

    void handle(HttpExchange exchange) throws IOException {
        long begin = System.nanoTime();
        try (exchange) {
            answer(exchange);
        } catch (RuntimeException | Error e) {
            failed.increment();
            log.log(LogType.ERROR, "prometheus: Error: A scrape failed: " + e);
            throw e;
        } finally {
            nanos.add(System.nanoTime() - begin);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        Login login = settings.login();
        String method = exchange.getRequestMethod();
        String path = exchange.getRequestURI().getPath();
        if (login != null && !login.accepts(exchange.getRequestHeaders().getFirst("Authorization"))) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"Culex metrics\", charset=\"UTF-8\"");
            refuse(exchange, 401, "Who are you?\n");
        } else if (!"/metrics".equals(path)) {
            refuse(exchange, 404, "The metrics are at /metrics.\n");
        } else if (!method.equals("GET") && !method.equals("HEAD")) {
            exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            refuse(exchange, 405, "Only GET and HEAD.\n");
        } else {
            scrape(exchange);
        }
    }

    private void scrape(HttpExchange exchange) throws IOException {
        Format format = Format.of(all(exchange, "Accept"), settings.negotiates());
        boolean gzip = takesGzip(all(exchange, "Accept-Encoding"));
        byte[] text = exposition.text(format, gzip);
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", format.contentType());
        headers.set("Vary", "Accept, Accept-Encoding");
        if (gzip) {
            headers.set("Content-Encoding", "gzip");
        }
        send(exchange, 200, text);
        scrapes.increment();
    }

    private static String all(HttpExchange exchange, String header) {
        List<String> values = exchange.getRequestHeaders().get(header);
        return values == null ? "" : String.join(",", values);
    }

    static boolean takesGzip(String accepted) {
        for (String coding : accepted.toLowerCase(Locale.ROOT).split(",", -1)) {
            String compact = coding.replace(" ", "");
            if (compact.equals("gzip") || compact.startsWith("gzip;")) {
                return !compact.matches("gzip;q=0(\\.0*)?");
            }
        }
        return false;
    }

    private void refuse(HttpExchange exchange, int status, String text) throws IOException {
        refused.increment();
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        send(exchange, status, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", String.valueOf(body.length));
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
