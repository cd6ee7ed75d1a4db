// SPDX-License-Identifier: Apache-2.0
package io.culex.codec;

import java.util.List;
import java.util.Objects;

/**
 * UNSUBSCRIBE [MQTT-3.10].
 *
 * @param packetId 1 to 65535
 * @param filters at least one valid Topic Filter, in the order in which they are answered
 * @param properties {@link Properties#NONE} before MQTT 5
 */
public record Unsubscribe(int packetId, List<String> filters, Properties properties) {
    public Unsubscribe {
        filters = List.copyOf(filters);
        Objects.requireNonNull(properties, "properties");
    }
}
