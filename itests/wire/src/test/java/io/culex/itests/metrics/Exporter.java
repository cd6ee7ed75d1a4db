// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.metrics;

import io.culex.testkit.Await;
import io.culex.testkit.BrokerKind;
import io.culex.testkit.BrokerProcess;
import io.culex.testkit.Connect;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.WireClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;

/** A broker with an exporter for Prometheus, and what is seen there. */
final class Exporter {
    static final String BASE =
            """
            user root
            allow_anonymous true
            listener {port} 127.0.0.1
            """;

    /** As the document has it, on the loopback address and without a delay. */
    static final String PLUGIN =
            """
            global_plugin /usr/lib/cedalo_metrics_prometheus.so
            plugin_opt_bind_address 127.0.0.1
            plugin_opt_port {port:metrics}
            plugin_opt_update_interval 0
            """;

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private Exporter() {}

    static void assumeCulex() {
        Assumptions.assumeTrue(BrokerKind.selected() == BrokerKind.CULEX, "for Culex alone");
    }

    static HttpResponse<String> get(String address, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address)).timeout(Duration.ofSeconds(10));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    /** A POST without a body; returns the answer. */
    static String post(String address) {
        return send(HttpRequest.newBuilder(URI.create(address))
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build())
                .body();
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return CLIENT.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    static String address(BrokerProcess broker, String port) {
        return "http://127.0.0.1:" + broker.port(port) + "/metrics";
    }

    /** What a scrape shows, by name and labels. */
    static Map<String, Double> scrape(BrokerProcess broker) {
        return samples(get(address(broker, "metrics")).body());
    }

    static Map<String, Double> samples(String text) {
        Map<String, Double> samples = new TreeMap<>();
        for (String line : text.split("\n", -1)) {
            int at = line.lastIndexOf(' ');
            if (!line.startsWith("#") && at > 0) {
                samples.put(
                        line.substring(0, at),
                        Double.valueOf(line.substring(at + 1).replace("+Inf", "Infinity")));
            }
        }
        return samples;
    }

    static WireClient client(BrokerProcess broker, ProtocolVersion version, String id) {
        WireClient client = WireClient.open(broker.address(), version);
        client.connect(Connect.as(id));
        return client;
    }

    /** SIGHUP with another configuration, and its end. */
    static void reload(BrokerProcess broker, String configuration) {
        int taken = broker.logged("Config loaded from");
        int refused = broker.logged("Nothing was changed");
        broker.configure(configuration);
        broker.signal("HUP");
        Await.until(
                Duration.ofSeconds(40),
                () -> "the reload\n" + broker.log(),
                () -> broker.logged("Config loaded from") + broker.logged("Nothing was changed") > taken + refused);
    }
}
