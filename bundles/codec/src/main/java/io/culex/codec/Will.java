// SPDX-License-Identifier: Apache-2.0
package io.culex.codec;

import io.culex.api.message.TopicName;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * The Will Message in a CONNECT [MQTT-3.1.2.5, MQTT-3.1.3.2].
 *
 * @param topicText the Will Topic, a valid Topic Name
 * @param payload not to be changed
 * @param qos 0, 1 or 2
 * @param retain whether it is published as a retained message
 * @param properties the Will Properties, {@link Properties#NONE} before MQTT 5
 */
public record Will(String topicText, byte[] payload, int qos, boolean retain, Properties properties) {
    public Will {
        TopicName.check(topicText);
        Objects.requireNonNull(payload, "payload");
        Objects.requireNonNull(properties, "properties");
        if (qos < 0 || qos > 2) {
            throw new IllegalArgumentException("QoS must be 0, 1 or 2, not " + qos);
        }
    }

    /** The Will Topic as UTF-8; a new array. */
    public byte[] topic() {
        return topicText.getBytes(StandardCharsets.UTF_8);
    }

    /** The properties as a PUBLISH forwards them: encoded, without expiry interval and delay; a new array. */
    public byte[] forwardedProperties() {
        return ForwardedProperties.encode(properties);
    }

    /** The Message Expiry Interval in seconds, -1: does not expire. */
    public long expirySeconds() {
        return properties.messageExpiryInterval();
    }

    /** The Will Delay Interval in seconds, 0: none. */
    public long delaySeconds() {
        return Math.max(0, properties.willDelayInterval());
    }
}
