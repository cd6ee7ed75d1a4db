// SPDX-License-Identifier: Apache-2.0
package io.culex.testkit;

import java.nio.charset.StandardCharsets;

/**
 * The Will of a CONNECT.
 *
 * @param topic Will Topic
 * @param payload Will Payload
 * @param qos Will QoS; 3 makes it wrong
 * @param retain Will Retain
 * @param properties not sent in version 3
 */
public record Will(String topic, byte[] payload, int qos, boolean retain, PropertyList properties) {
    /** Neither retained nor with properties. */
    public static Will to(String topic, String payload, int qos) {
        return new Will(topic, payload.getBytes(StandardCharsets.UTF_8), qos, false, PropertyList.NONE);
    }

    /** The same, retained. */
    public Will retained() {
        return new Will(topic, payload, qos, true, properties);
    }

    /** The same with one more property. */
    public Will with(PropertyId id, Object value) {
        return with(properties.with(id, value));
    }

    /** The same with these properties. */
    public Will with(PropertyList other) {
        return new Will(topic, payload, qos, retain, other);
    }
}
