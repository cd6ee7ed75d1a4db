// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.itests.real.Program;
import io.culex.testkit.Await;
import io.culex.testkit.BrokerKind;
import io.culex.testkit.BrokerProcess;
import io.culex.testkit.Ports;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.Publish;
import io.culex.testkit.WireClient;
import io.culex.testkit.pki.Authority;
import io.culex.testkit.pki.Issued;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Debian's Prometheus scrapes the broker under load, with the files of etc/prometheus, and knows what was sent. */
class PrometheusTest {
    /** {@code -Dculex.prometheus.messages=1200000} has it watched for about a minute. */
    private static final int MESSAGES = Integer.getInteger("culex.prometheus.messages", 3000);

    private static final int AT_ONCE = 100;
    private static final Pattern VALUE = Pattern.compile("\"value\":\\[[0-9.]+,\"([^\"]+)\"]");

    @TempDir
    private Path folder;

    @BeforeEach
    void needs() {
        Exporter.assumeCulex();
        Server.assumeInstalled("prometheus");
    }

    private static Path etc(String name) {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(root.resolve("etc/prometheus"))) {
            root = root.getParent();
        }
        return root.resolve("etc").resolve(name);
    }

    private void copy(String from, String to) throws IOException {
        Files.copy(etc("prometheus").resolve(from), folder.resolve(to));
    }

    @Test
    void theRulesSayWhatIsIllAndNothingElse() throws IOException {
        copy("culex-rules.yml", "culex-rules.yml");
        Path test = Path.of("src/test/resources/culex-rules-test.yml").toAbsolutePath();
        Path copied = Files.copy(test, folder.resolve("test.yml"));
        Program.run(folder, "promtool", "test", "rules", copied.toString()).well();
        copy("prometheus.yml", "prometheus.yml");
        Program.run(
                        folder,
                        "promtool",
                        "check",
                        "config",
                        folder.resolve("prometheus.yml").toString())
                .well();
    }

    /** Each query of the dashboard and the rules names only metrics that a broker with everything shows, and docs name them all. */
    @Test
    void theDashboardAsksForMetricsThatThereAreAndTheDocsNameThemAll() throws IOException {
        String sender = "global_plugin cedalo_metrics_influxdb\nplugin_opt_hostname 127.0.0.1\nplugin_opt_database d\n";
        BrokerProcess broker = BrokerProcess.prepare(BrokerKind.selected());
        Authority.root("dashboard").server().write(broker.folder(), "server");
        Issued.save(broker.folder().resolve("rules"), "topic readwrite #\n");
        String users = "global_plugin mosquitto_dynamic_security\nplugin_opt_config_file {dir}/users.json\n"
                + "global_plugin culex-auth-jaas\nplugin_opt_realm karaf\n";
        broker.configure(Exporter.PLUGIN + sender + users + Exporter.BASE
                + "certfile {dir}/server.crt\nkeyfile {dir}/server.key\n"
                + "acl_file {dir}/rules\npersistence true\npersistence_location {dir}/\n");
        try (broker) {
            broker.run(Map.of(), "-c", "{dir}/mosquitto.conf");
            broker.awaitReady();
            String scrape = Exporter.get(Exporter.address(broker, "metrics")).body();
            Set<String> known = new HashSet<>();
            Exporter.samples(scrape).keySet().forEach(name -> known.add(name.replaceFirst("\\{.*", "")));
            for (String file : List.of("grafana/culex.json", "prometheus/culex-rules.yml")) {
                Set<String> asked = Pattern.compile("\\b(mosquitto|culex|process|jvm)_[a-z_]+")
                        .matcher(Files.readString(etc(file)))
                        .results()
                        .map(MatchResult::group)
                        .collect(Collectors.toSet());
                assertTrue(asked.size() > 5, file);
                asked.removeAll(known);
                assertEquals(Set.of(), asked, file);
            }
            String docs = Files.readString(etc("../docs/metrics.md"));
            List<String> unknown = scrape.lines()
                    .filter(line -> line.startsWith("# TYPE "))
                    .map(line -> line.split(" ", -1)[2])
                    .filter(name -> !name.matches("mosquitto_mqtt_[a-z]+_(received|sent)"))
                    .filter(name -> !docs.contains("`" + name + "`"))
                    .toList();
            assertEquals(List.of(), unknown);
        }
    }

    @Test
    void whatItKnowsIsWhatWasSent() throws Exception {
        try (BrokerProcess broker = BrokerProcess.start(Exporter.PLUGIN + Exporter.BASE + "sys_interval 0\n")) {
            int port = Ports.free();
            copy("culex-rules.yml", "culex-rules.yml");
            Files.writeString(
                    folder.resolve("prometheus.yml"),
                    Files.readString(etc("prometheus/prometheus.yml"))
                            .replace("15s", "1s")
                            .replace("localhost:8000", "127.0.0.1:" + broker.port("metrics")));
            try (Server prometheus = new Server(
                    folder,
                    port,
                    "/usr/bin/prometheus",
                    "--config.file=" + folder.resolve("prometheus.yml"),
                    "--storage.tsdb.path=" + folder.resolve("data"),
                    "--web.listen-address=127.0.0.1:" + port)) {
                prometheus.start();
                load(broker);
                assertKnown(port, "mosquitto_mqtt_publish_received", MESSAGES);
                assertKnown(port, "mosquitto_mqtt_publish_sent", MESSAGES);
                assertKnown(port, "mosquitto_pub_bytes_received", 5 * MESSAGES);
                assertKnown(port, "mosquitto_mqtt_puback_sent", MESSAGES / 2);
                assertKnown(port, "culex_publish_fan_out_count", MESSAGES);
                assertKnown(port, "culex_publish_fan_out_bucket{le=\"1\"}", MESSAGES);
                assertKnown(port, "up{job=\"culex\"}", 1);
                assertKnown(port, "count(mosquitto_sessions)", 1);
                assertEquals(
                        List.of("counter"),
                        Pattern.compile("\"type\":\"([a-z]+)\"")
                                .matcher(Exporter.get("http://127.0.0.1:" + port
                                                + "/api/v1/metadata?metric=mosquitto_bytes_received")
                                        .body())
                                .results()
                                .map(match -> match.group(1))
                                .toList());
                String rules = Exporter.get("http://127.0.0.1:" + port + "/api/v1/rules")
                        .body();
                assertTrue(rules.contains("CulexDown") && !rules.contains("\"health\":\"err\""), rules);
            }
            lint(broker);
        }
    }

    private static void load(BrokerProcess broker) {
        try (WireClient subscriber = Exporter.client(broker, ProtocolVersion.V5, "subscriber");
                WireClient publisher = Exporter.client(broker, ProtocolVersion.V5, "publisher")) {
            subscriber.subscribe("load", 0);
            for (int i = 1; i <= MESSAGES; i++) {
                publisher.publish(Publish.to("load", "12345"), i % 2);
                for (int j = 0; i % AT_ONCE == 0 && j < AT_ONCE; j++) {
                    subscriber.expectPublish("12345");
                }
            }
            subscriber.disconnect();
            publisher.disconnect();
        }
    }

    private static void assertKnown(int port, String query, double value) {
        String address =
                "http://127.0.0.1:" + port + "/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8);
        Await.until(
                Duration.ofSeconds(20),
                () -> query + " to be " + value + ": " + Exporter.get(address).body(),
                () -> {
                    Matcher found = VALUE.matcher(Exporter.get(address).body());
                    return found.find() && Double.parseDouble(found.group(1)) == value;
                });
    }

    /** The document has names that Prometheus would choose otherwise; nothing else is found. */
    private void lint(BrokerProcess broker) throws IOException {
        Path scrape = Files.writeString(
                folder.resolve("scrape"),
                Exporter.get(Exporter.address(broker, "metrics")).body());
        Program linted = Program.run(folder, "sh", "-c", "promtool check metrics < " + scrape);
        List<String> others = linted.output()
                .lines()
                .filter(line -> !line.endsWith("counter metrics should have \"_total\" suffix"))
                .filter(line -> !line.startsWith("mosquitto_message_store_count "))
                .toList();
        assertEquals(List.of(), others);
        Map<String, Double> samples = Exporter.samples(Files.readString(scrape));
        assertTrue(samples.size() > 150, samples.size() + " samples");
    }
}
