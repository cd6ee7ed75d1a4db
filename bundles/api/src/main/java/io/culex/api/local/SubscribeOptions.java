// SPDX-License-Identifier: Apache-2.0
package io.culex.api.local;

import io.culex.api.message.QoS;
import java.util.Objects;

/**
 * The options of a Subscription [MQTT-3.8.3.1].
 *
 * @param qos the highest level to deliver at
 * @param noLocal do not deliver what this session published
 * @param retainAsPublished keep the RETAIN flag as published
 * @param retainHandling 0: send retained messages; 1: only for a new subscription; 2: never
 * @param identifier the Subscription Identifier; 0 for none
 */
public record SubscribeOptions(
        QoS qos, boolean noLocal, boolean retainAsPublished, int retainHandling, int identifier) {
    public SubscribeOptions {
        Objects.requireNonNull(qos, "qos");
        if (retainHandling < 0 || retainHandling > 2) {
            throw new IllegalArgumentException("retain handling must be 0, 1 or 2, not " + retainHandling);
        }
        if (identifier < 0 || identifier > 268_435_455) {
            throw new IllegalArgumentException("subscription identifier out of range: " + identifier);
        }
    }

    /** The level given, everything else at its default. */
    public static SubscribeOptions of(QoS qos) {
        return new SubscribeOptions(qos, false, false, 0, 0);
    }
}
