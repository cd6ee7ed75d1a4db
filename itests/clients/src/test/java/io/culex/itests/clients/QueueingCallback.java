// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.clients;

import java.nio.charset.StandardCharsets;
import java.util.Queue;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttMessage;

/** Puts the text of every message that comes into a queue. */
final class QueueingCallback implements MqttCallback {
    private final Queue<String> messages;

    QueueingCallback(Queue<String> messages) {
        this.messages = messages;
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        messages.add(new String(message.getPayload(), StandardCharsets.UTF_8));
    }

    @Override
    public void connectionLost(Throwable cause) {
        messages.add("connection lost: " + cause);
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {
        // Publishing is awaited where it is done.
    }
}
