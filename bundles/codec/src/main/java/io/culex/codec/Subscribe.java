// SPDX-License-Identifier: Apache-2.0
package io.culex.codec;

import java.util.List;
import java.util.Objects;

/**
 * SUBSCRIBE [MQTT-3.8].
 *
 * @param packetId 1 to 65535
 * @param entries at least one, in the order in which they are answered
 * @param properties {@link Properties#NONE} before MQTT 5
 */
public record Subscribe(int packetId, List<Entry> entries, Properties properties) {
    /**
     * One requested subscription.
     *
     * @param filter a valid Topic Filter, {@code $share/NAME/} forms included
     * @param qos 0, 1 or 2
     * @param noLocal never true for a shared subscription [MQTT-3.8.3-4]
     * @param retainAsPublished keep the RETAIN flag on delivery
     * @param retainHandling 0: send retained messages, 1: only for a new subscription, 2: never
     */
    public record Entry(String filter, int qos, boolean noLocal, boolean retainAsPublished, int retainHandling) {
        public Entry {
            Objects.requireNonNull(filter, "filter");
            if (qos < 0 || qos > 2 || retainHandling < 0 || retainHandling > 2) {
                throw new IllegalArgumentException("QoS and retain handling must be 0, 1 or 2");
            }
        }

        /** An entry with the options that MQTT 3.1.1 knows. */
        public static Entry of(String filter, int qos) {
            return new Entry(filter, qos, false, false, 0);
        }
    }

    public Subscribe {
        entries = List.copyOf(entries);
        Objects.requireNonNull(properties, "properties");
    }
}
