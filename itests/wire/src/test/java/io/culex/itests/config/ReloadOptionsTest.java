// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.config;

import static io.culex.testkit.ProtocolVersion.V311;
import static io.culex.testkit.ProtocolVersion.V5;

import io.culex.testkit.Await;
import io.culex.testkit.BrokerKind;
import io.culex.testkit.BrokerProcess;
import io.culex.testkit.Connack;
import io.culex.testkit.Connect;
import io.culex.testkit.PacketType;
import io.culex.testkit.PropertyId;
import io.culex.testkit.Publish;
import io.culex.testkit.WireClient;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every option with an effect on the wire is changed once by SIGHUP under a live connection, which stays. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReloadOptionsTest {
    private static final String BASE =
            """
            user root
            allow_anonymous true
            sys_interval 0
            listener {port} 127.0.0.1
            """;

    private BrokerProcess broker = BrokerProcess.prepare(BrokerKind.selected());
    private WireClient live;
    private int reloads;

    @BeforeAll
    void start() {
        Assume.culex();
        broker.close();
        broker = BrokerProcess.start(BASE);
    }

    @BeforeEach
    void connect() {
        live = Clients.v5(broker, "live");
        live.subscribe("live", 1);
    }

    @AfterEach
    void theLiveConnectionStayed() {
        reload(BASE);
        live.publish("live", "still here", 1);
        live.acknowledge(live.expectPublish("still here"));
        live.disconnect();
    }

    @AfterAll
    void end() {
        broker.close();
    }

    @ParameterizedTest
    @CsvSource({
        "max_keepalive 30, SERVER_KEEP_ALIVE, 30",
        "max_qos 1, MAXIMUM_QOS, 1",
        "max_qos 0, MAXIMUM_QOS, 0",
        "retain_available false, RETAIN_AVAILABLE, 0",
        "max_packet_size 1000, MAXIMUM_PACKET_SIZE, 1000",
        "max_inflight_messages 7, RECEIVE_MAXIMUM, 7",
        "max_topic_alias 3, TOPIC_ALIAS_MAXIMUM, 3",
        "persistent_client_expiration 60s, SESSION_EXPIRY, 60"
    })
    void announcesTheNewLimit(String option, PropertyId property, long value) {
        reload(BASE + option + "\n");
        eventually(option, () -> connack(Connect.as("probe").keepAlive(600).expiry(3600))
                .properties()
                .number(property)
                .equals(Optional.of(value)));
        reload(BASE);
        eventually("no " + option, () -> !connack(
                        Connect.as("probe").keepAlive(600).expiry(3600))
                .properties()
                .number(property)
                .equals(Optional.of(value)));
    }

    @Test
    void messageSizeLimit() {
        reload(BASE + "message_size_limit 50\n");
        eventually("message_size_limit", () -> {
            int id = live.nextId();
            live.send(Publish.to("other", "").payload(new byte[60]).qos(1, id));
            return live.expectAck(PacketType.PUBACK, id).reason() >= 0x80;
        });
    }

    @Test
    void allowZeroLengthClientid() {
        reload("user root\nallow_anonymous true\nallow_zero_length_clientid false\nlistener {port} 127.0.0.1\n");
        eventually("allow_zero_length_clientid", () -> connack(Connect.as("")).reason() >= 0x80);
    }

    @Test
    void autoIdPrefix() {
        reload(BASE + "auto_id_prefix other-\n");
        eventually("auto_id_prefix", () -> connack(Connect.as(""))
                .properties()
                .string(PropertyId.ASSIGNED_CLIENT_ID)
                .orElse("")
                .startsWith("other-"));
    }

    @Test
    void acceptProtocolVersions() {
        reload(BASE + "accept_protocol_versions 5\n");
        eventually(
                "accept_protocol_versions",
                () -> Clients.answer(broker.address(), V311, Connect.as("old")).reason() == 1);
    }

    @Test
    void maxConnections() {
        reload(BASE + "max_connections 1\n");
        eventually("max_connections", () -> {
            try {
                Clients.answer(broker.address(), V5, Connect.as("one more"));
                return false;
            } catch (AssertionError closed) {
                return true;
            }
        });
    }

    @Test
    void queueQos0Messages() {
        reload(BASE + "queue_qos0_messages true\n");
        eventually("queue_qos0_messages", () -> {
            away("away", 0);
            live.publish("away", "x", 0);
            live.expectNothing();
            return gets("away");
        });
    }

    @Test
    void upgradeOutgoingQos() {
        reload(BASE + "upgrade_outgoing_qos true\n");
        eventually("upgrade_outgoing_qos", () -> {
            live.publish("live", "x", 0);
            return live.acknowledge(live.expectPublish("x")).qos() == 1;
        });
    }

    @Test
    void maxQueuedMessages() {
        reload(BASE + "max_queued_messages 2\n");
        eventually("max_queued_messages", () -> {
            away("full", 1);
            for (int i = 0; i < 4; i++) {
                live.publish("full", "m" + i, 1);
            }
            try (WireClient back =
                    Clients.connected(broker.address(), V5, Connect.as("full").resume())) {
                back.acknowledge(back.expectPublish("m0"));
                back.acknowledge(back.expectPublish("m1"));
                return nothingWaits(back);
            }
        });
    }

    @Test
    void mountPoint() {
        reload(BASE + "mount_point flat1/\n");
        eventually("mount_point", () -> {
            try (WireClient inside = Clients.v5(broker, "inside")) {
                inside.subscribe("live", 0);
                live.publish("flat1/live", "x", 1);
                return !nothingWaits(inside);
            }
        });
    }

    @Test
    void sysInterval() {
        reload(BASE.replace("sys_interval 0", "sys_interval 1"));
        try (WireClient watcher = Clients.v5(broker, "sys")) {
            watcher.subscribe("$SYS/broker/uptime", 0);
            String first = watcher.expectPublish().text();
            Await.until(
                    "a later $SYS/broker/uptime",
                    () -> !watcher.expectPublish().text().equals(first));
        }
    }

    @Test
    void connectionMessages() {
        reload(BASE + "connection_messages false\n");
        eventually("connection_messages", () -> {
            int before = broker.logged("New client connected");
            connack(Connect.as("quiet"));
            return broker.logged("New client connected") == before;
        });
    }

    @Test
    void logTimestampFormat() {
        reload(BASE + "log_timestamp_format %Y-%m-%dT%H:%M:%S\n");
        eventually("log_timestamp_format", () -> {
            connack(Connect.as("dated"));
            return broker.log().matches("(?s).*\\n\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d: New client connected.*");
        });
    }

    private void reload(String configuration) {
        int before = broker.logged("Reloading config.");
        broker.configure(configuration);
        broker.signal("HUP");
        reloads++;
        Await.until(
                Duration.ofSeconds(20),
                () -> "reload " + reloads + " in\n" + broker.log(),
                () -> broker.logged("Reloading config.") > before);
    }

    /** A reload takes effect a moment after it was asked for. */
    private static void eventually(String what, BooleanSupplier condition) {
        Await.until(Duration.ofSeconds(15), () -> "effect of " + what, condition);
    }

    private Connack connack(Connect connect) {
        return Clients.answer(broker.address(), V5, connect);
    }

    private void away(String id, int qos) {
        try (WireClient client =
                Clients.connected(broker.address(), V5, Connect.as(id).expiry(60))) {
            client.subscribe(id, qos);
            client.disconnect();
        }
    }

    private boolean gets(String id) {
        try (WireClient back =
                Clients.connected(broker.address(), V5, Connect.as(id).resume())) {
            return !nothingWaits(back);
        }
    }

    private static boolean nothingWaits(WireClient client) {
        try {
            client.expectNothing();
            return true;
        } catch (AssertionError something) {
            return false;
        }
    }
}
