// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.testkit.BrokerProcess;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Eclipse Paho's Java client of version 5. */
class PahoV5ClientTest {
    private static BrokerProcess broker;

    @BeforeAll
    static void start() {
        broker = BrokerProcess.start("user root\nallow_anonymous true\nlistener {port} 127.0.0.1\n");
    }

    @AfterAll
    static void end() {
        broker.close();
    }

    @Test
    void exchangesMessagesOfEveryQosWithProperties() throws Exception {
        Inbox inbox = new Inbox();
        MqttClient client = client("p5-exchange", inbox);
        client.connect(options(true));
        client.subscribe("p5/exchange/#", 2);
        for (int qos = 0; qos <= 2; qos++) {
            MqttMessage message = new MqttMessage(("m" + qos).getBytes(StandardCharsets.UTF_8));
            message.setQos(qos);
            MqttProperties properties = new MqttProperties();
            properties.setContentType("text/plain");
            properties.setUserProperties(List.of(new UserProperty("name", "value")));
            message.setProperties(properties);
            client.publish("p5/exchange/" + qos, message);
            MqttMessage got = inbox.next();
            assertEquals("m" + qos, new String(got.getPayload(), StandardCharsets.UTF_8));
            assertEquals(qos, got.getQos());
            assertEquals("text/plain", got.getProperties().getContentType());
            assertEquals(1, got.getProperties().getUserProperties().size());
        }
        client.disconnect();
        client.close();
    }

    @Test
    void resumesItsSession() throws Exception {
        Inbox inbox = new Inbox();
        MqttClient client = client("p5-session", inbox);
        client.connect(options(false));
        client.subscribe("p5/session", 1);
        client.disconnect();
        MqttClient other = client("p5-other", new Inbox());
        other.connect(options(true));
        other.publish("p5/session", "waiting".getBytes(StandardCharsets.UTF_8), 1, false);
        other.disconnect();
        client.connect(options(false));
        assertEquals("waiting", new String(inbox.next().getPayload(), StandardCharsets.UTF_8));
        assertTrue(client.isConnected());
        client.disconnect();
        client.close();
        other.close();
    }

    private static MqttClient client(String id, Inbox inbox) throws MqttException {
        MqttClient client =
                new MqttClient("tcp://127.0.0.1:" + broker.address().getPort(), id, new MemoryPersistence());
        client.setCallback(inbox);
        return client;
    }

    private static MqttConnectionOptions options(boolean clean) {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setCleanStart(clean);
        options.setSessionExpiryInterval(clean ? 0L : 60L);
        options.setConnectionTimeout(10);
        return options;
    }

    /** Messages that came. */
    private static final class Inbox implements MqttCallback {
        private final BlockingQueue<MqttMessage> messages = new LinkedBlockingQueue<>();

        MqttMessage next() throws InterruptedException {
            MqttMessage message = messages.poll(10, TimeUnit.SECONDS);
            assertTrue(message != null, "no message came");
            return message;
        }

        @Override
        public void messageArrived(String topic, MqttMessage message) {
            messages.add(message);
        }

        @Override
        public void disconnected(MqttDisconnectResponse response) {
            // A test that waits for a message fails by itself.
        }

        @Override
        public void mqttErrorOccurred(MqttException exception) {
            // As above.
        }

        @Override
        public void deliveryComplete(IMqttToken token) {
            // Publishing is awaited where it is done.
        }

        @Override
        public void connectComplete(boolean reconnect, String serverUri) {
            // Connecting is awaited where it is done.
        }

        @Override
        public void authPacketArrived(int reasonCode, MqttProperties properties) {
            // No test uses AUTH with this client.
        }
    }
}
