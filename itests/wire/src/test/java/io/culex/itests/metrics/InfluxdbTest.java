// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.testkit.Await;
import io.culex.testkit.BrokerProcess;
import io.culex.testkit.Ports;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.WireClient;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Debian's InfluxDB (1.6) is written to, stops and comes back. */
class InfluxdbTest {
    private static final Pattern POINT = Pattern.compile("\\[(\\d{10}),(-?\\d+)]");

    /** Readings without the server, one each second. */
    private static final int AWAY = 3;

    @TempDir
    private Path folder;

    private int port;

    @BeforeEach
    void needs() {
        Exporter.assumeCulex();
        Server.assumeInstalled("influxd");
        port = Ports.free();
    }

    private Server influxdb() throws IOException {
        Path conf = Files.writeString(
                folder.resolve("influxdb.conf"),
                """
                reporting-disabled = true
                bind-address = "127.0.0.1:%d"
                [meta]
                dir = "%s/meta"
                [data]
                dir = "%s/data"
                wal-dir = "%s/wal"
                [http]
                bind-address = "127.0.0.1:%d"
                auth-enabled = true
                [monitor]
                store-enabled = false
                """
                        .formatted(Ports.free(), folder, folder, folder, port));
        return new Server(folder, port, "/usr/bin/influxd", "-config", conf.toString());
    }

    private String query(String text) {
        String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8);
        return Exporter.get("http://127.0.0.1:" + port + "/query?u=admin&p=secret&db=edge_data&epoch=s&q=" + encoded)
                .body();
    }

    /** The values of a field in the order of their times. */
    private List<long[]> points(String field) {
        return POINT.matcher(query("SELECT " + field + " FROM mosquitto WHERE host = 'broker1'"))
                .results()
                .map(match -> new long[] {Long.parseLong(match.group(1)), Long.parseLong(match.group(2))})
                .toList();
    }

    @Test
    void nothingWithinTheBufferIsLostWhileItIsAway() throws Exception {
        try (Server influxdb = influxdb()) {
            influxdb.start();
            String made = Exporter.post("http://127.0.0.1:" + port
                    + "/query?q="
                    + URLEncoder.encode(
                            "CREATE USER admin WITH PASSWORD 'secret' WITH ALL PRIVILEGES", StandardCharsets.UTF_8));
            assertTrue(made.contains("statement_id"), made);
            Exporter.post("http://127.0.0.1:" + port + "/query?u=admin&p=secret&q=CREATE+DATABASE+edge_data");
            try (BrokerProcess broker = BrokerProcess.start(configuration());
                    WireClient client = Exporter.client(broker, ProtocolVersion.V5, "one")) {
                Await.until("points", () -> points("mosquitto_sessions").size() >= 2);
                influxdb.stop();
                client.publish("t", "12345", 1);
                broker.awaitLog("influxdb: Warning: Metrics cannot be sent and wait");
                Await.pass(Duration.ofSeconds(AWAY));
                influxdb.start();
                broker.awaitLog("The server takes metrics again.");
                int enough = points("mosquitto_sessions").size() + 2;
                Await.until("more points", () -> points("mosquitto_sessions").size() >= enough);
                assertEquals(
                        0.0, Exporter.scrape(broker).get("culex_exporter_dropped{plugin=\"cedalo_metrics_influxdb\"}"));
            }
            List<long[]> points = points("mosquitto_sessions");
            for (int i = 1; i < points.size(); i++) {
                assertEquals(points.get(i - 1)[0] + 1, points.get(i)[0], "a gap before point " + i);
            }
            List<long[]> published = points("mosquitto_mqtt_publish_received");
            assertEquals(0, published.get(0)[1]);
            assertEquals(1, published.get(published.size() - 1)[1]);
            String types = query("SHOW FIELD KEYS");
            assertTrue(types.contains("[\"mosquitto_mqtt_auth_sent\",\"integer\"]"), types);
            assertTrue(types.contains("[\"culex_publish_latency_seconds_sum\",\"float\"]"), types);
            assertTrue(!types.contains("process_"), types);
        }
    }

    private String configuration() {
        return Exporter.PLUGIN
                + """
                  global_plugin /usr/lib/cedalo_metrics_influxdb.so
                  plugin_opt_update_interval 1
                  plugin_opt_hostname 127.0.0.1
                  plugin_opt_port %d
                  plugin_opt_hostlabel broker1
                  plugin_opt_database edge_data
                  plugin_opt_username admin
                  plugin_opt_password secret
                  """
                        .formatted(port)
                + Exporter.BASE;
    }
}
