// SPDX-License-Identifier: Apache-2.0
package io.culex.api.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The properties of MQTT 5 that travel with an Application Message [MQTT-3.3.2.3].
 *
 * @param utf8Payload the Payload Format Indicator: the payload is UTF-8 text
 * @param expirySeconds the Message Expiry Interval in seconds, or -1: the message does not expire
 * @param contentType the Content Type, or null
 * @param responseTopic the Response Topic, or null
 * @param correlationData the Correlation Data, or null
 * @param userProperties in the order in which they were sent
 */
public record MessageProperties(
        boolean utf8Payload,
        long expirySeconds,
        @Nullable String contentType,
        @Nullable String responseTopic,
        @Nullable Payload correlationData,
        List<UserProperty> userProperties) {
    /** No property set. */
    public static final MessageProperties NONE = new MessageProperties(false, -1, null, null, null, List.of());

    public MessageProperties {
        if (expirySeconds < -1 || expirySeconds > 0xFFFF_FFFFL) {
            throw new IllegalArgumentException("Message Expiry Interval out of range: " + expirySeconds);
        }
        userProperties = List.copyOf(userProperties);
    }
}
