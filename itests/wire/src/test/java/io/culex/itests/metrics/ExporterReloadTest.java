// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.culex.testkit.Await;
import io.culex.testkit.BrokerKind;
import io.culex.testkit.BrokerProcess;
import io.culex.testkit.Ports;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.WireClient;
import io.culex.testkit.pki.Issued;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Exporters come, change and go by SIGHUP while clients stay connected and scrapes go on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExporterReloadTest {
    private BrokerProcess broker = BrokerProcess.prepare(BrokerKind.selected());
    private WireClient live;

    @BeforeAll
    void start() {
        Exporter.assumeCulex();
        broker.configure(Exporter.BASE);
        broker.run(Map.of(), "-c", "{dir}/mosquitto.conf");
        broker.awaitReady();
    }

    @BeforeEach
    void connect() {
        live = Exporter.client(broker, ProtocolVersion.V5, "live");
        live.subscribe("live", 1);
    }

    @AfterEach
    void theLiveClientStayed() {
        live.publish("live", "still here", 1);
        live.acknowledge(live.expectPublish("still here"));
        live.disconnect();
        Exporter.reload(broker, Exporter.BASE);
        Await.until("the exporter to go", () -> !BrokerProcess.accepts(broker.port("metrics")));
    }

    @AfterAll
    void end() {
        broker.close();
    }

    private String address() {
        return Exporter.address(broker, "metrics");
    }

    private void awaitScrape() {
        Await.until(
                "a scrape",
                () -> BrokerProcess.accepts(broker.port("metrics"))
                        && Exporter.get(address()).statusCode() == 200);
    }

    @Test
    void theSamePortNeverFailsAndAnotherOneIsTakenAndGivenUp() throws InterruptedException {
        int errors = broker.logged("Error");
        Exporter.reload(broker, Exporter.PLUGIN + Exporter.BASE);
        awaitScrape();
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger scrapes = new AtomicInteger();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread scraper = new Thread(() -> {
            try {
                while (!stop.get()) {
                    assertEquals(200, Exporter.get(address()).statusCode());
                    scrapes.incrementAndGet();
                }
            } catch (RuntimeException | AssertionError e) {
                failure.set(e);
            }
        });
        scraper.start();
        for (int interval = 1; interval < 5; interval++) {
            String changed = Exporter.PLUGIN.replace("update_interval 0", "update_interval " + interval);
            Exporter.reload(broker, changed + Exporter.BASE);
            int enough = scrapes.get() + 20;
            Await.until("scrapes", () -> scrapes.get() >= enough || failure.get() != null);
        }
        stop.set(true);
        scraper.join();
        assertNull(failure.get());

        Exporter.reload(broker, Exporter.PLUGIN.replace("{port:metrics}", "{port:other}") + Exporter.BASE);
        Await.until("the other port", () -> BrokerProcess.accepts(broker.port("other")));
        assertEquals(200, Exporter.get(Exporter.address(broker, "other")).statusCode());
        Await.until("the first port to be free", () -> !BrokerProcess.accepts(broker.port("metrics")));
        Exporter.reload(broker, Exporter.BASE);
        Await.until("the other port to be free", () -> !BrokerProcess.accepts(broker.port("other")));
        assertEquals(errors, broker.logged("Error"), broker.log());
    }

    @Test
    void whatCannotBeHadRefusesTheReloadWithItsReason() throws IOException {
        Exporter.reload(broker, Exporter.PLUGIN + Exporter.BASE);
        awaitScrape();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Exporter.reload(
                    broker,
                    Exporter.PLUGIN.replace("{port:metrics}", String.valueOf(taken.getLocalPort())) + Exporter.BASE);
            broker.awaitLog(
                    "prometheus: Error: Port " + taken.getLocalPort() + " cannot be opened: Address already in use.");
            broker.awaitLog("Error found at " + broker.configuration() + ":1.");
        }
        Exporter.reload(
                broker, Exporter.PLUGIN + "plugin_opt_certfile /none\nplugin_opt_keyfile /none\n" + Exporter.BASE);
        broker.awaitLog("Error: Unable to load server certificate \"/none\".");
        Exporter.reload(broker, "global_plugin cedalo_metrics_influxdb.so\n" + Exporter.BASE);
        broker.awaitLog("influxdb: Error: Either 'plugin_opt_host'");
        assertEquals(3, broker.logged("Nothing was changed"));
        Map<String, Double> all = Exporter.scrape(broker);
        assertEquals(0.0, all.get("culex_config_state"));
        assertEquals(1.0, all.get("mosquitto_clients_online"));
    }

    @Test
    void aPluginsMetricsAppearAndVanishWithIt() {
        Exporter.reload(broker, Exporter.PLUGIN + Exporter.BASE);
        awaitScrape();
        HttpResponse<String> without = Exporter.get(address());
        assertFalse(without.body().contains("culex_aclfile_"));
        Path rules = Issued.save(broker.folder().resolve("rules"), "topic readwrite #\n");
        Exporter.reload(broker, Exporter.PLUGIN + Exporter.BASE + "acl_file " + rules + "\n");
        live.publish("live", "checked", 1);
        live.acknowledge(live.expectPublish("checked"));
        Map<String, Double> with = Exporter.scrape(broker);
        assertEquals(0.0, with.get("culex_aclfile_load_failed{plugin=\"acl_file\"}"));
        assertTrue(with.getOrDefault("culex_plugin_calls{plugin=\"acl_file\"}", 0.0) >= 2, with.toString());
        Exporter.reload(broker, Exporter.PLUGIN + Exporter.BASE);
        Await.until("its metrics to go", () -> !Exporter.get(address()).body().contains("acl_file"));
    }

    @Test
    void whatIsSentChangesItsAddressAndEnds() throws IOException, InterruptedException {
        BlockingQueue<String> first = new LinkedBlockingQueue<>();
        BlockingQueue<String> second = new LinkedBlockingQueue<>();
        HttpServer one = receiver(first);
        HttpServer two = receiver(second);
        String plugin =
                """
                global_plugin cedalo_metrics_influxdb.so
                plugin_opt_hostname 127.0.0.1
                plugin_opt_port %d
                plugin_opt_database edge_data
                plugin_opt_hostlabel broker1
                plugin_opt_update_interval 1
                """;
        Exporter.reload(broker, plugin.formatted(one.getAddress().getPort()) + Exporter.BASE);
        String line = String.valueOf(first.poll(20, TimeUnit.SECONDS));
        assertTrue(line.contains("mosquitto,host=broker1 ") && line.contains("mosquitto_clients_online=1i"), line);
        Exporter.reload(broker, plugin.formatted(two.getAddress().getPort()) + Exporter.BASE);
        assertTrue(String.valueOf(second.poll(20, TimeUnit.SECONDS)).contains("mosquitto_sessions=1i"));
        Exporter.reload(broker, Exporter.BASE);
        Await.pass(Duration.ofSeconds(1));
        first.clear();
        second.clear();
        Await.pass(Duration.ofMillis(1500));
        assertEquals(0, first.size() + second.size());
        one.stop(0);
        two.stop(0);
    }

    private static HttpServer receiver(BlockingQueue<String> bodies) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), Ports.free()), 0);
        server.createContext("/write", exchange -> {
            try (exchange;
                    InputStream body = new GZIPInputStream(exchange.getRequestBody())) {
                bodies.add(new String(body.readAllBytes(), StandardCharsets.UTF_8));
                exchange.sendResponseHeaders(204, -1);
            }
        });
        server.start();
        return server;
    }
}
