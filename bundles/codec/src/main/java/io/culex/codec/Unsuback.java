// SPDX-License-Identifier: Apache-2.0
package io.culex.codec;

import java.util.Objects;

/**
 * UNSUBACK [MQTT-3.11].
 *
 * @param packetId 1 to 65535
 * @param codes one for each filter of the UNSUBSCRIBE; empty before MQTT 5; not to be changed
 * @param properties {@link Properties#NONE} before MQTT 5
 */
public record Unsuback(int packetId, byte[] codes, Properties properties) {
    public Unsuback {
        Objects.requireNonNull(codes, "codes");
        Objects.requireNonNull(properties, "properties");
    }

    /** The code at an index as a number from 0 to 255. */
    public int code(int index) {
        return codes[index] & 0xFF;
    }
}
