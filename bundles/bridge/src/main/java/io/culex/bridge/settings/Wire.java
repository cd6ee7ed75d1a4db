// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge.settings;

import io.culex.transport.TcpOptions;
import java.net.InetAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The connection and what goes over it.
 *
 * @param from {@code bridge_bind_address}, or null
 * @param tcp {@code bridge_tcp_keepalive}, {@code bridge_tcp_user_timeout}
 * @param stages the options of TLS, under their names in mosquitto.conf; empty: no TLS
 * @param maxPacketBytes {@code bridge_max_packet_size}; 0: none of its own
 * @param maxTopicAlias {@code bridge_max_topic_alias}
 * @param receiveMaximum {@code bridge_receive_maximum}; 0: max_inflight_messages
 * @param outgoingRetain {@code bridge_outgoing_retain}
 * @param hopLimit over so many brokers a message goes at most (MQTT 5); 0: over any number
 */
public record Wire(
        @Nullable InetAddress from,
        TcpOptions tcp,
        Map<String, String> stages,
        int maxPacketBytes,
        int maxTopicAlias,
        int receiveMaximum,
        boolean outgoingRetain,
        int hopLimit) {
    public Wire {
        stages = Map.copyOf(stages);
    }

    /** Names the options of TLS, not their values. */
    @Override
    public String toString() {
        return "Wire[" + stages.keySet() + "]";
    }
}
