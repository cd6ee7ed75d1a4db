// SPDX-License-Identifier: Apache-2.0
package io.culex.codec;

import java.util.Objects;

/**
 * SUBACK [MQTT-3.9].
 *
 * @param packetId 1 to 65535
 * @param codes one for each entry of the SUBSCRIBE: 0, 1, 2 granted QoS, (byte) 0x80 and above refused; not to be changed
 * @param properties {@link Properties#NONE} before MQTT 5
 */
public record Suback(int packetId, byte[] codes, Properties properties) {
    public Suback {
        Objects.requireNonNull(codes, "codes");
        Objects.requireNonNull(properties, "properties");
    }

    /** The code at an index as a number from 0 to 255. */
    public int code(int index) {
        return codes[index] & 0xFF;
    }
}
