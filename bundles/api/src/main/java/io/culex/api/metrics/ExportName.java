// SPDX-License-Identifier: Apache-2.0
package io.culex.api.metrics;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * The name of a metric outside: those that dashboards for Mosquitto know begin with {@code mosquitto_}, those of the
 * process and the Java machine are called as everywhere, all others begin with {@code culex_}.
 */
public final class ExportName {
    private static final Set<String> MOSQUITTO = Set.of(
            "sessions",
            "clients_offline",
            "clients_online",
            "clients_expired",
            "subscriptions",
            "shared_subscriptions",
            "retained_messages",
            "bytes_received",
            "bytes_sent",
            "pub_bytes_received",
            "pub_bytes_sent",
            "message_store_count",
            "message_store_bytes",
            "out_packets",
            "out_packet_bytes",
            "socket_connections",
            "mqtt_packets_received",
            "mqtt_packets_sent",
            "mqtt_publish_dropped",
            "basic_auth_success",
            "basic_auth_fail",
            "basic_auth_error",
            "extended_auth_success",
            "extended_auth_fail",
            "extended_auth_error");
    private static final Pattern PACKETS = Pattern.compile("mqtt_(connect|connack|publish|puback|pubrec|pubrel|pubcomp"
            + "|subscribe|suback|unsubscribe|unsuback|pingreq|pingresp|disconnect|auth)_(received|sent)");

    private ExportName() {}

    /** The name outside of the metric that is called {@code name} inside. */
    public static String of(String name) {
        if (MOSQUITTO.contains(name) || PACKETS.matcher(name).matches()) {
            return "mosquitto_" + name;
        }
        return name.startsWith("process_") || name.startsWith("jvm_") ? name : "culex_" + name;
    }
}
