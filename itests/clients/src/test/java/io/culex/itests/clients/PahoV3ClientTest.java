// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.testkit.BrokerProcess;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Eclipse Paho's Java client, versions 3.1 and 3.1.1. */
class PahoV3ClientTest {
    private static BrokerProcess broker;

    @BeforeAll
    static void start() {
        broker = BrokerProcess.start("user root\nallow_anonymous true\nlistener {port} 127.0.0.1\n");
    }

    @AfterAll
    static void end() {
        broker.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {MqttConnectOptions.MQTT_VERSION_3_1, MqttConnectOptions.MQTT_VERSION_3_1_1})
    void exchangesMessagesOfEveryQos(int version) throws Exception {
        BlockingQueue<String> got = new LinkedBlockingQueue<>();
        try (MqttClient client = client("p3-" + version)) {
            client.connect(options(version, true));
            client.subscribe(
                    "p3/" + version + "/#",
                    2,
                    (topic, message) -> got.add(message.getQos() + " " + topic + " " + text(message.getPayload())));
            for (int qos = 0; qos <= 2; qos++) {
                String topic = "p3/" + version + "/" + qos;
                client.publish(topic, bytes("hello"), qos, false);
                assertEquals(qos + " " + topic + " hello", got.poll(10, TimeUnit.SECONDS));
            }
            client.disconnect();
        }
    }

    @Test
    void resumesItsSession() throws Exception {
        BlockingQueue<String> got = new LinkedBlockingQueue<>();
        try (MqttClient client = client("p3-session");
                MqttClient other = client("p3-other")) {
            client.connect(options(MqttConnectOptions.MQTT_VERSION_3_1_1, false));
            client.subscribe("p3/session", 1);
            client.disconnect();
            other.connect(options(MqttConnectOptions.MQTT_VERSION_3_1_1, true));
            other.publish("p3/session", bytes("waiting"), 1, false);
            other.disconnect();
            client.setCallback(new QueueingCallback(got));
            client.connect(options(MqttConnectOptions.MQTT_VERSION_3_1_1, false));
            assertEquals("waiting", got.poll(10, TimeUnit.SECONDS));
            client.disconnect();
        }
    }

    @Test
    void leavesAWill() throws Exception {
        BlockingQueue<String> got = new LinkedBlockingQueue<>();
        try (MqttClient watcher = client("p3-watcher");
                MqttClient victim = client("p3-victim")) {
            watcher.connect(options(MqttConnectOptions.MQTT_VERSION_3_1_1, true));
            watcher.subscribe("p3/will", 1, (topic, message) -> got.add(text(message.getPayload())));
            MqttConnectOptions options = options(MqttConnectOptions.MQTT_VERSION_3_1_1, true);
            options.setWill("p3/will", bytes("gone"), 1, false);
            victim.connect(options);
            assertTrue(victim.isConnected());
            victim.disconnectForcibly(0, 0, false);
            assertEquals("gone", got.poll(10, TimeUnit.SECONDS));
            watcher.disconnect();
        }
    }

    private static MqttClient client(String id) throws MqttException {
        return new MqttClient("tcp://127.0.0.1:" + broker.address().getPort(), id, new MemoryPersistence());
    }

    private static MqttConnectOptions options(int version, boolean clean) {
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMqttVersion(version);
        options.setCleanSession(clean);
        options.setConnectionTimeout(10);
        return options;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] payload) {
        return new String(payload, StandardCharsets.UTF_8);
    }
}
