// SPDX-License-Identifier: Apache-2.0
package io.culex.core.admin;

import static io.culex.api.metrics.MetricType.COUNTER;

import io.culex.api.metrics.Metric;
import io.culex.codec.PacketType;
import io.culex.core.loop.Counter;
import io.culex.core.loop.Loops;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Bytes and packets, in both directions. Any thread. */
final class TrafficMetrics {
    private final Loops loops;

    TrafficMetrics(Loops loops) {
        this.loops = loops;
    }

    List<Metric> all() {
        List<Metric> all = new ArrayList<>();
        all.add(counter("bytes_received", "Bytes read from connections.", Counter.BYTES_RECEIVED));
        all.add(counter("bytes_sent", "Bytes written to connections.", Counter.BYTES_SENT));
        all.add(counter("pub_bytes_received", "Payload of PUBLISH packets received.", Counter.PUBLISH_BYTES_RECEIVED));
        all.add(counter("pub_bytes_sent", "Payload of messages delivered.", Counter.PUBLISH_BYTES_SENT));
        all.add(counter("mqtt_packets_received", "MQTT packets received.", Counter.PACKETS_RECEIVED));
        all.add(counter("mqtt_packets_sent", "MQTT packets sent.", Counter.PACKETS_SENT));
        all.add(counter(
                "mqtt_publish_dropped", "Messages dropped because a client is at a limit.", Counter.PUBLISH_DROPPED));
        for (PacketType type : PacketType.values()) {
            if (type == PacketType.PUBLISH) {
                // With those of bridges and of sessions in this JVM, as their payload is.
                all.add(counter("mqtt_publish_received", "PUBLISH packets received.", Counter.PUBLISH_RECEIVED));
                all.add(counter("mqtt_publish_sent", "PUBLISH packets sent.", Counter.PUBLISH_SENT));
                continue;
            }
            String name = "mqtt_" + type.name().toLowerCase(Locale.ROOT);
            all.add(Metric.single(
                    name + "_received", COUNTER, type + " packets received.", () -> loops.received(type.code())));
            all.add(Metric.single(name + "_sent", COUNTER, type + " packets sent.", () -> loops.sent(type.code())));
        }
        return all;
    }

    private Metric counter(String name, String help, Counter counter) {
        return Metric.single(name, COUNTER, help, () -> loops.sum(counter));
    }
}
