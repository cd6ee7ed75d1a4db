// SPDX-License-Identifier: Apache-2.0
package io.culex.codec;

import java.util.Objects;

/**
 * CONNACK [MQTT-3.2].
 *
 * @param sessionPresent whether the server goes on with a session it has kept
 * @param code 0: accepted; else the Connect Return Code (1 to 5) before MQTT 5, the Reason Code in MQTT 5
 * @param properties {@link Properties#NONE} before MQTT 5
 */
public record Connack(boolean sessionPresent, int code, Properties properties) {
    public Connack {
        Objects.requireNonNull(properties, "properties");
        if (code < 0 || code > 0xFF) {
            throw new IllegalArgumentException("not a code: " + code);
        }
    }
}
