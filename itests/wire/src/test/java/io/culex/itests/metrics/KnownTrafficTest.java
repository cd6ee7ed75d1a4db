// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.testkit.Auth;
import io.culex.testkit.Await;
import io.culex.testkit.BrokerKind;
import io.culex.testkit.BrokerProcess;
import io.culex.testkit.Connect;
import io.culex.testkit.PacketType;
import io.culex.testkit.Ping;
import io.culex.testkit.PropertyId;
import io.culex.testkit.PropertyList;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.Publish;
import io.culex.testkit.WireClient;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Known traffic, and every metric of the document compared with it; nobody else is connected. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KnownTrafficTest {
    private static final String PREFIX = "mosquitto_";
    private static final String NAMES =
            """
            sessions clients_offline clients_online clients_expired subscriptions shared_subscriptions retained_messages
            bytes_received bytes_sent pub_bytes_received pub_bytes_sent message_store_count message_store_bytes out_packets
            out_packet_bytes socket_connections mqtt_packets_received mqtt_packets_sent mqtt_publish_dropped
            basic_auth_success basic_auth_fail basic_auth_error extended_auth_success extended_auth_fail extended_auth_error
            """;
    private static final String PACKETS =
            "connect connack publish puback pubrec pubrel pubcomp subscribe suback unsubscribe unsuback pingreq"
                    + " pingresp disconnect auth";

    private final Map<String, Double> expected = new TreeMap<>();
    private final Map<String, Double> before = new TreeMap<>();
    private BrokerProcess broker = BrokerProcess.prepare(BrokerKind.selected());

    @BeforeAll
    void start() throws IOException {
        Exporter.assumeCulex();
        Files.writeString(
                broker.folder().resolve("passwords"),
                "user:$7$210000$hwmzPDTYZUe+ngc+$itqwZdz0Z7GlwFKHk+7q3zKw3pcn"
                        + "3hTXE6beGAftZx9f66RCC9xPROucyOXdRP8RsVa8Cc8b8u4dvPnNdIKu3A==\n");
        broker.configure(Exporter.PLUGIN + Exporter.BASE
                + "sys_interval 0\npassword_file {dir}/passwords\nmax_queued_messages 3\n");
        broker.run(Map.of(), "-c", "{dir}/mosquitto.conf");
        broker.awaitReady();
    }

    @BeforeEach
    void begin() {
        expected.clear();
        for (String name : NAMES.strip().split("\\s+", -1)) {
            expected.put(name, 0.0);
        }
        for (String packet : PACKETS.split(" ", -1)) {
            expected.put("mqtt_" + packet + "_received", 0.0);
            expected.put("mqtt_" + packet + "_sent", 0.0);
        }
        assertEquals(55, expected.size());
        // The clients of the test before are gone when their connections are.
        Await.until("nobody", () -> {
            Map<String, Double> now = Exporter.scrape(broker);
            return now.getOrDefault("culex_sockets_open", 1.0) == 0 && now.getOrDefault(connections(), 1.0) == 0;
        });
        before.clear();
        before.putAll(Exporter.scrape(broker));
    }

    @AfterAll
    void end() {
        broker.close();
    }

    private String connections() {
        return "culex_listener_connections{listener=\"" + broker.port("main") + "@127.0.0.1\"}";
    }

    private void expect(String name, double amount) {
        expected.merge(name, amount, Double::sum);
    }

    /** Packets of a type received or sent. */
    private void expect(PacketType type, String direction, int count) {
        expect("mqtt_" + type.name().toLowerCase(Locale.ROOT) + "_" + direction, count);
        expect("mqtt_packets_" + direction, count);
    }

    private double growth(String name) {
        return Exporter.scrape(broker).getOrDefault(name, Double.NaN) - before.getOrDefault(name, 0.0);
    }

    private Map<String, Double> grown() {
        Map<String, Double> now = Exporter.scrape(broker);
        Map<String, Double> grown = new HashMap<>();
        for (String name : expected.keySet()) {
            Double value = now.get(PREFIX + name);
            grown.put(name, value == null ? Double.NaN : value - before.getOrDefault(PREFIX + name, Double.NaN));
        }
        return grown;
    }

    private void assertAllAsExpected(String... butNot) {
        for (String name : butNot) {
            expected.remove(name);
        }
        Await.until(
                Duration.ofSeconds(10),
                () -> {
                    StringBuilder differences = new StringBuilder();
                    grown().forEach((name, value) -> {
                        if (!value.equals(expected.get(name))) {
                            differences
                                    .append('\n')
                                    .append(name)
                                    .append(" is ")
                                    .append(value)
                                    .append(" and not ")
                                    .append(expected.get(name));
                        }
                    });
                    return "metrics as sent:" + differences;
                },
                () -> grown().equals(expected));
    }

    private WireClient connect(ProtocolVersion version, Connect connect) {
        expect("socket_connections", 1);
        expect("basic_auth_success", 1);
        expect(PacketType.CONNECT, "received", 1);
        expect(PacketType.CONNACK, "sent", 1);
        WireClient client = WireClient.open(broker.address(), version);
        client.connect(connect);
        return client;
    }

    private void leave(WireClient client) {
        expect(PacketType.DISCONNECT, "received", 1);
        client.disconnect();
    }

    private void subscribe(WireClient client, String filter, int qos) {
        expect(PacketType.SUBSCRIBE, "received", 1);
        expect(PacketType.SUBACK, "sent", 1);
        client.subscribe(filter, qos);
    }

    /** A PUBLISH of five bytes to {@code copies} receivers. */
    private void publish(WireClient client, Publish publish, int qos, int copies) {
        expect("pub_bytes_received", 5);
        expect("pub_bytes_sent", 5 * copies);
        expect(PacketType.PUBLISH, "received", 1);
        expect(PacketType.PUBLISH, "sent", copies);
        if (qos == 1) {
            expect(PacketType.PUBACK, "sent", 1);
        } else if (qos == 2) {
            expect(PacketType.PUBREC, "sent", 1);
            expect(PacketType.PUBREL, "received", 1);
            expect(PacketType.PUBCOMP, "sent", 1);
        }
        client.publish(publish, qos);
    }

    private void acknowledge(WireClient client, int qos) {
        if (qos == 1) {
            expect(PacketType.PUBACK, "received", 1);
        } else if (qos == 2) {
            expect(PacketType.PUBREC, "received", 1);
            expect(PacketType.PUBREL, "sent", 1);
            expect(PacketType.PUBCOMP, "received", 1);
        }
        client.acknowledge(client.expectPublish("12345"));
    }

    @Test
    void packetsSubscriptionsAndRetainedMessages() {
        WireClient subscriber = connect(ProtocolVersion.V5, Connect.as("subscriber"));
        WireClient publisher = connect(ProtocolVersion.V311, Connect.as("publisher"));
        subscribe(subscriber, "t/#", 2);
        subscribe(subscriber, "$share/g/s", 0);
        subscribe(subscriber, "gone", 0);
        for (int qos = 0; qos < 3; qos++) {
            publish(publisher, Publish.to("t/" + qos, "12345"), qos, 1);
            acknowledge(subscriber, qos);
        }
        publish(publisher, Publish.to("kept", "12345").retained(), 1, 0);
        subscriber.unsubscribe("gone");
        expect(PacketType.UNSUBSCRIBE, "received", 1);
        expect(PacketType.UNSUBACK, "sent", 1);
        publisher.send(new Ping(PacketType.PINGREQ));
        publisher.expect(Ping.class);
        expect(PacketType.PINGREQ, "received", 1);
        expect(PacketType.PINGRESP, "sent", 1);
        expect("sessions", 2);
        expect("clients_online", 2);
        expect("subscriptions", 1);
        expect("shared_subscriptions", 1);
        expect("retained_messages", 1);
        expect("message_store_count", 1);
        expect("message_store_bytes", 5);
        assertAllAsExpected("bytes_received", "bytes_sent");
        assertEquals(4, growth("culex_publish_fan_out_count"));
        assertEquals(3, growth("culex_publish_fan_out_sum"));
        assertEquals(1, growth("culex_publish_fan_out_bucket{le=\"0\"}"));
        assertEquals(2, growth(connections()));
        publisher.close();
        subscriber.close();
    }

    @Test
    void whatWaitsForAClientThatIsAwayAndWhatIsDropped() {
        WireClient sleeper =
                connect(ProtocolVersion.V5, Connect.as("sleeper").resume().expiry(1000));
        subscribe(sleeper, "t", 1);
        leave(sleeper);
        WireClient publisher = connect(ProtocolVersion.V5, Connect.as("publisher"));
        for (int i = 0; i < 5; i++) {
            publish(publisher, Publish.to("t", "12345"), 1, 0);
        }
        expect("mqtt_publish_dropped", 2);
        expect("sessions", 2);
        expect("clients_online", 1);
        expect("clients_offline", 1);
        expect("subscriptions", 1);
        expect("out_packets", 3);
        expect("out_packet_bytes", 15);
        expect("message_store_count", 3);
        expect("message_store_bytes", 15);
        assertAllAsExpected("bytes_received", "bytes_sent");
        assertEquals(3, growth("culex_queue_length_count"));
        publisher.close();
    }

    @Test
    void loginsThatFailSessionsThatExpireAndClientsThatAreToldToGo() {
        try (WireClient wrong = WireClient.open(broker.address(), ProtocolVersion.V5)) {
            wrong.send(Connect.as("wrong").user("user").password("wrong"));
            assertEquals(0x87, wrong.expectConnack().reason());
        }
        expect("socket_connections", 1);
        expect("basic_auth_fail", 1);
        expect(PacketType.CONNECT, "received", 1);
        expect(PacketType.CONNACK, "sent", 1);
        leave(connect(ProtocolVersion.V5, Connect.as("short").resume().expiry(1)));
        expect("clients_expired", 1);
        WireClient first = connect(ProtocolVersion.V5, Connect.as("same"));
        WireClient second = connect(ProtocolVersion.V5, Connect.as("same"));
        first.expectDisconnect(0x8E);
        expect(PacketType.DISCONNECT, "sent", 1);
        second.send(new Auth(0x18, PropertyList.of(PropertyId.AUTH_METHOD, "none")));
        assertTrue(second.expectEnd() >= 0x80);
        expect(PacketType.AUTH, "received", 1);
        expect(PacketType.DISCONNECT, "sent", 1);
        first.close();
        assertAllAsExpected("bytes_received", "bytes_sent");
    }

    @Test
    void everyByteIsCounted() {
        try (WireClient client = WireClient.open(broker.address(), ProtocolVersion.V311)) {
            client.sendRaw(0x10, 13, 0, 4, 'M', 'Q', 'T', 'T', 4, 2, 0, 60, 0, 1, 'b');
            client.expectConnack();
            client.sendRaw(0xC0, 0);
            client.expect(Ping.class);
            client.sendRaw(0xE0, 0);
            client.expectClosed();
        }
        expect("bytes_received", 15 + 2 + 2);
        expect("bytes_sent", 4 + 2);
        expect("socket_connections", 1);
        expect("basic_auth_success", 1);
        expect(PacketType.CONNECT, "received", 1);
        expect(PacketType.CONNACK, "sent", 1);
        expect(PacketType.PINGREQ, "received", 1);
        expect(PacketType.PINGRESP, "sent", 1);
        expect(PacketType.DISCONNECT, "received", 1);
        assertAllAsExpected();
    }
}
