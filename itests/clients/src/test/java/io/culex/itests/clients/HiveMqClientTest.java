// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.clients;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.culex.testkit.BrokerProcess;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** HiveMQ's MQTT client, versions 3.1.1 and 5. */
class HiveMqClientTest {
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
    @EnumSource(MqttQos.class)
    void exchangesMessagesOfVersion5(MqttQos qos) throws InterruptedException {
        Mqtt5BlockingClient client = v5("h5-" + qos.getCode());
        client.connect();
        try (Mqtt5BlockingClient.Mqtt5Publishes publishes = client.publishes(MqttGlobalPublishFilter.ALL)) {
            client.subscribeWith()
                    .topicFilter("h5/" + qos.getCode() + "/#")
                    .qos(qos)
                    .send();
            for (int i = 0; i < 50; i++) {
                client.publishWith()
                        .topic("h5/" + qos.getCode() + "/x")
                        .qos(qos)
                        .payload(bytes("m" + i))
                        .contentType("text/plain")
                        .userProperties()
                        .add("name", "value")
                        .applyUserProperties()
                        .send();
            }
            for (int i = 0; i < 50; i++) {
                Mqtt5Publish got = publishes.receive(10, TimeUnit.SECONDS).orElseThrow();
                assertArrayEquals(bytes("m" + i), got.getPayloadAsBytes());
                assertEquals(qos, got.getQos());
                assertEquals("text/plain", got.getContentType().orElseThrow().toString());
                assertEquals(1, got.getUserProperties().asList().size());
            }
        }
        client.disconnect();
    }

    @ParameterizedTest
    @EnumSource(MqttQos.class)
    void exchangesMessagesOfVersion311(MqttQos qos) throws InterruptedException {
        Mqtt3BlockingClient client = MqttClient.builder()
                .useMqttVersion3()
                .identifier("h3-" + qos.getCode())
                .serverAddress(broker.address())
                .buildBlocking();
        client.connect();
        try (Mqtt3BlockingClient.Mqtt3Publishes publishes = client.publishes(MqttGlobalPublishFilter.ALL)) {
            client.subscribeWith().topicFilter("h3/" + qos.getCode()).qos(qos).send();
            client.publishWith()
                    .topic("h3/" + qos.getCode())
                    .qos(qos)
                    .payload(bytes("hello"))
                    .send();
            Mqtt3Publish got = publishes.receive(10, TimeUnit.SECONDS).orElseThrow();
            assertArrayEquals(bytes("hello"), got.getPayloadAsBytes());
            assertEquals(qos, got.getQos());
        }
        client.disconnect();
    }

    @Test
    void resumesItsSession() throws InterruptedException {
        Mqtt5BlockingClient client = v5("h5-session");
        client.connectWith().cleanStart(false).sessionExpiryInterval(60).send();
        client.subscribeWith()
                .topicFilter("h5/session")
                .qos(MqttQos.AT_LEAST_ONCE)
                .send();
        client.disconnect();
        Mqtt5BlockingClient other = v5("h5-other");
        other.connect();
        other.publishWith()
                .topic("h5/session")
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(bytes("waiting"))
                .send();
        try (Mqtt5BlockingClient.Mqtt5Publishes publishes = client.publishes(MqttGlobalPublishFilter.ALL)) {
            assertTrue(client.connectWith()
                    .cleanStart(false)
                    .sessionExpiryInterval(60)
                    .send()
                    .isSessionPresent());
            assertArrayEquals(
                    bytes("waiting"),
                    publishes.receive(10, TimeUnit.SECONDS).orElseThrow().getPayloadAsBytes());
        }
        client.disconnect();
        other.disconnect();
    }

    @Test
    void keepsFlowControlAndAliases() throws InterruptedException {
        Mqtt5BlockingClient client = v5("h5-flow");
        client.connectWith()
                .restrictions()
                .receiveMaximum(3)
                .topicAliasMaximum(5)
                .sendTopicAliasMaximum(5)
                .applyRestrictions()
                .send();
        try (Mqtt5BlockingClient.Mqtt5Publishes publishes = client.publishes(MqttGlobalPublishFilter.ALL)) {
            client.subscribeWith()
                    .topicFilter("h5/flow/#")
                    .qos(MqttQos.EXACTLY_ONCE)
                    .send();
            for (int i = 0; i < 60; i++) {
                client.publishWith()
                        .topic("h5/flow/" + i % 8)
                        .qos(i % 2 == 0 ? MqttQos.AT_LEAST_ONCE : MqttQos.EXACTLY_ONCE)
                        .payload(bytes("m" + i))
                        .send();
            }
            for (int i = 0; i < 60; i++) {
                Mqtt5Publish got = publishes.receive(10, TimeUnit.SECONDS).orElseThrow();
                assertArrayEquals(bytes("m" + i), got.getPayloadAsBytes());
                assertEquals("h5/flow/" + i % 8, got.getTopic().toString());
            }
        }
        client.disconnect();
    }

    private static Mqtt5BlockingClient v5(String id) {
        return MqttClient.builder()
                .useMqttVersion5()
                .identifier(id)
                .serverAddress(broker.address())
                .buildBlocking();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
