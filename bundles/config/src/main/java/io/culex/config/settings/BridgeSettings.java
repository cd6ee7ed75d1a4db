// SPDX-License-Identifier: Apache-2.0
package io.culex.config.settings;

import io.culex.config.file.BridgeTopic;
import io.culex.config.file.Place;
import java.util.List;
import java.util.Map;

/**
 * One bridge (SPEC F.1).
 *
 * @param name after {@code connection}
 * @param addresses each host:port; the last colon divides
 * @param topics in the order of the file
 * @param options what else is given, under the names of mosquitto.conf, checked
 * @param place where it is asked for
 */
public record BridgeSettings(
        String name, List<String> addresses, List<BridgeTopic> topics, Map<String, String> options, Place place) {
    public BridgeSettings {
        addresses = List.copyOf(addresses);
        topics = List.copyOf(topics);
        options = Map.copyOf(options);
    }
}
