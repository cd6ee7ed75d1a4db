// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.sys;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which metric each topic under {@code $SYS/broker/} shows (SPEC E.1). */
final class SysTopics {
    /** What every topic begins with. */
    static final String ROOT = "$SYS/broker/";

    /** The version of the broker. */
    static final String VERSION = ROOT + "version";

    /**
     * A topic and its metric.
     *
     * @param topic the whole topic; of a load average all but its last level
     * @param metric the name of the metric
     * @param unit what follows the number, or empty
     */
    record Entry(String topic, String metric, String unit) {}

    /** Topics that show a metric as it is. */
    static final List<Entry> VALUES = Stream.of(clients(), messages(), traffic(), packets())
            .flatMap(s -> s)
            .toList();

    /** Topics that show how fast a metric grows, each with {@code /1min}, {@code /5min} and {@code /15min}. */
    static final List<Entry> LOADS = List.of(
            value("load/messages/received", "mqtt_packets_received"),
            value("load/messages/sent", "mqtt_packets_sent"),
            value("load/publish/dropped", "mqtt_publish_dropped"),
            value("load/publish/received", "mqtt_publish_received"),
            value("load/publish/sent", "mqtt_publish_sent"),
            value("load/bytes/received", "bytes_received"),
            value("load/bytes/sent", "bytes_sent"),
            value("load/sockets", "socket_connections"),
            value("load/connections", "mqtt_connect_received"));

    /** The names of all metrics that any topic shows. */
    static final Set<String> METRICS =
            Stream.concat(VALUES.stream(), LOADS.stream()).map(Entry::metric).collect(Collectors.toUnmodifiableSet());

    private SysTopics() {}

    private static Stream<Entry> clients() {
        return Stream.of(
                new Entry(ROOT + "uptime", "uptime", " seconds"),
                value("clients/total", "sessions"),
                value("clients/maximum", "clients_maximum"),
                value("clients/connected", "clients_connected"),
                value("clients/active", "clients_connected"),
                value("clients/disconnected", "clients_disconnected"),
                value("clients/inactive", "clients_disconnected"),
                value("clients/expired", "clients_expired"),
                value("connections/socket/count", "socket_connections"),
                value("config/state", "config_state"),
                value("config/generation", "config_generation"),
                value("heap/current", "heap_current"),
                value("heap/maximum", "heap_maximum"));
    }

    private static Stream<Entry> messages() {
        return Stream.of(
                value("messages/stored", "message_store_count"),
                value("store/messages/count", "message_store_count"),
                value("store/messages/bytes", "message_store_bytes"),
                value("subscriptions/count", "subscriptions"),
                value("shared_subscriptions/count", "shared_subscriptions"),
                value("retained messages/count", "retained_messages"),
                value("packet/out/count", "out_packets"),
                value("packet/out/bytes", "out_packet_bytes"));
    }

    private static Stream<Entry> traffic() {
        return Stream.of(
                value("messages/received", "mqtt_packets_received"),
                value("messages/sent", "mqtt_packets_sent"),
                value("bytes/received", "bytes_received"),
                value("bytes/sent", "bytes_sent"),
                value("publish/bytes/received", "pub_bytes_received"),
                value("publish/bytes/sent", "pub_bytes_sent"),
                value("publish/messages/received", "mqtt_publish_received"),
                value("publish/messages/sent", "mqtt_publish_sent"),
                value("publish/messages/dropped", "mqtt_publish_dropped"));
    }

    private static Stream<Entry> packets() {
        return Stream.of(
                        "connect",
                        "connack",
                        "publish",
                        "puback",
                        "pubrec",
                        "pubrel",
                        "pubcomp",
                        "subscribe",
                        "suback",
                        "unsubscribe",
                        "unsuback",
                        "pingreq",
                        "pingresp",
                        "disconnect",
                        "auth")
                .flatMap(packet -> Stream.of(
                        value("mqtt/" + packet + "/received", "mqtt_" + packet + "_received"),
                        value("mqtt/" + packet + "/sent", "mqtt_" + packet + "_sent")));
    }

    private static Entry value(String topic, String metric) {
        return new Entry(ROOT + topic, metric, "");
    }
}
