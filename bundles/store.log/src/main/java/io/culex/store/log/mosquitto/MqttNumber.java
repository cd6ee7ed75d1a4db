// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.mosquitto;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The Variable Byte Integer of MQTT 5 [MQTT-1.5.5]. */
final class MqttNumber {
    static final int SUBSCRIPTION_IDENTIFIER = 0x0B;
    private static final int MESSAGE_EXPIRY = 0x02;
    private static final int MOST_SHIFT = 21;

    private MqttNumber() {}

    static int read(ByteBuffer from) {
        int value = 0;
        for (int shift = 0; shift <= MOST_SHIFT; shift += 7) {
            byte next = from.get();
            value |= (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number of more than four bytes");
    }

    /** The properties without the Message Expiry Interval, which Mosquitto keeps first if at all. */
    static byte[] withoutExpiry(byte[] properties) {
        boolean has = properties.length >= 5 && properties[0] == MESSAGE_EXPIRY;
        return has ? Arrays.copyOfRange(properties, 5, properties.length) : properties;
    }
}
