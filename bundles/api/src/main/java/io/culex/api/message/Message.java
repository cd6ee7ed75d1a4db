// SPDX-License-Identifier: Apache-2.0
package io.culex.api.message;

import java.util.Objects;

/**
 * An Application Message as plugins see it.
 *
 * @param topic the Topic Name; never has wildcards
 * @param payload the bytes
 * @param qos the level it was published at, or is delivered at
 * @param retain whether it is to be kept, or on delivery: whether it was kept
 * @param properties the properties of MQTT 5; {@link MessageProperties#NONE} from an older client
 */
public record Message(String topic, Payload payload, QoS qos, boolean retain, MessageProperties properties) {
    public Message {
        TopicName.check(topic);
        Objects.requireNonNull(payload, "payload");
        Objects.requireNonNull(qos, "qos");
        Objects.requireNonNull(properties, "properties");
    }

    /** A message with text as its payload, QoS 0, not retained. */
    public static Message of(String topic, String text) {
        return new Message(topic, Payload.of(text), QoS.AT_MOST_ONCE, false, MessageProperties.NONE);
    }

    /** The same message at another level. */
    public Message withQos(QoS level) {
        return new Message(topic, payload, level, retain, properties);
    }

    /** The same message with the RETAIN flag as given. */
    public Message withRetain(boolean flag) {
        return new Message(topic, payload, qos, flag, properties);
    }
}
