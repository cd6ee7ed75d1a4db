// SPDX-License-Identifier: Apache-2.0
package io.culex.core.admin;

import static io.culex.api.metrics.MetricType.COUNTER;
import static io.culex.api.metrics.MetricType.GAUGE;

import io.culex.api.metrics.Metric;
import io.culex.core.loop.Counter;
import io.culex.core.loop.Loops;
import io.culex.core.loop.Measure;
import io.culex.core.route.Retained;
import io.culex.core.route.TopicTree;
import io.culex.core.session.Directory;
import io.culex.core.session.Services;
import java.util.List;
import java.util.stream.Stream;

/** Clients, subscriptions, what is kept for them, and logins. Any thread. */
final class SessionMetrics {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Loops loops;
    private final Directory directory;
    private final TopicTree tree;
    private final Retained retained;

    SessionMetrics(Services services) {
        this.loops = services.loops();
        this.directory = services.directory();
        this.tree = services.router().tree();
        this.retained = services.router().retained();
    }

    List<Metric> all() {
        return Stream.of(clients(), kept(), queues(), logins())
                .flatMap(List::stream)
                .toList();
    }

    private List<Metric> clients() {
        return List.of(
                Metric.single("sessions", GAUGE, "Clients known by a session, connected or not.", directory::clients),
                Metric.single("clients_maximum", GAUGE, "The most sessions of clients at a time.", directory::maximum),
                gauge("clients_online", "Clients that are connected.", Counter.SESSIONS_ONLINE),
                Metric.single(
                        "clients_offline", GAUGE, "Clients with a session that are not connected.", this::offline),
                gauge(
                        "clients_connected",
                        "Open connections, also those that have not sent CONNECT, and those of bridges.",
                        Counter.CLIENTS_CONNECTED),
                Metric.single(
                        "clients_disconnected",
                        GAUGE,
                        "Sessions less open connections.",
                        () -> directory.clients() - loops.sum(Counter.CLIENTS_CONNECTED)),
                counter("clients_expired", "Sessions that ended by their expiry.", Counter.SESSIONS_EXPIRED),
                counter(
                        "keep_alive_timeouts",
                        "Connections closed because nothing came for one and a half times their Keep Alive.",
                        Counter.KEEP_ALIVE_TIMEOUTS),
                counter("mqtt_connections", "Connections whose CONNECT was accepted.", Counter.CONNECTIONS));
    }

    private List<Metric> kept() {
        return List.of(
                Metric.single("subscriptions", GAUGE, "Subscriptions that are not shared.", tree::count),
                Metric.single("shared_subscriptions", GAUGE, "Shared subscriptions.", tree::sharedCount),
                Metric.single("retained_messages", GAUGE, "Retained messages, $SYS included.", retained::count),
                gauge("queued_messages", "Messages that wait in sessions.", Counter.QUEUED_MESSAGES),
                gauge("queued_bytes", "Payload of the messages that wait in sessions.", Counter.QUEUED_BYTES),
                Metric.single(
                        "message_store_count",
                        GAUGE,
                        "Retained messages and messages that wait in sessions.",
                        () -> retained.count() + loops.sum(Counter.QUEUED_MESSAGES)),
                Metric.single(
                        "message_store_bytes",
                        GAUGE,
                        "Payload of retained messages and of messages that wait in sessions.",
                        () -> retained.bytes() + loops.sum(Counter.QUEUED_BYTES)));
    }

    private List<Metric> queues() {
        return List.of(
                Metric.single(
                        "out_packets",
                        GAUGE,
                        "Packets that wait for clients, connected or not.",
                        () -> loops.sum(Counter.OUT_PACKETS) + loops.sum(Counter.QUEUED_MESSAGES)),
                Metric.single(
                        "out_packet_bytes",
                        GAUGE,
                        "Bytes of those.",
                        () -> loops.sum(Counter.OUT_PACKET_BYTES) + loops.sum(Counter.QUEUED_BYTES)),
                Metric.histogram(
                        "queue_length",
                        "Messages that wait for a session, when one more has come to them.",
                        () -> loops.distribution(Measure.QUEUE_LENGTH, 1)),
                Metric.histogram(
                        "publish_fan_out",
                        "Receivers of a message, before it is asked what they may receive.",
                        () -> loops.distribution(Measure.FAN_OUT, 1)),
                Metric.histogram(
                        "publish_latency_seconds",
                        "From the reading of a PUBLISH packet until an event loop has written it to its receivers; of one in 64.",
                        () -> loops.distribution(Measure.PUBLISH_LATENCY, NANOS_PER_SECOND)));
    }

    private List<Metric> logins() {
        return List.of(
                counter("basic_auth_success", "Logins allowed.", Counter.AUTH_SUCCESS),
                counter("basic_auth_fail", "Logins refused.", Counter.AUTH_FAIL),
                counter("basic_auth_error", "Logins refused because a plugin failed.", Counter.AUTH_ERROR),
                counter(
                        "extended_auth_success",
                        "Enhanced authentications that ended well.",
                        Counter.EXTENDED_AUTH_SUCCESS),
                counter("extended_auth_fail", "Enhanced authentications refused.", Counter.EXTENDED_AUTH_FAIL),
                counter(
                        "extended_auth_error",
                        "Enhanced authentications that a plugin failed in.",
                        Counter.EXTENDED_AUTH_ERROR));
    }

    private long offline() {
        return Math.max(0, directory.clients() - loops.sum(Counter.SESSIONS_ONLINE));
    }

    private Metric counter(String name, String help, Counter counter) {
        return Metric.single(name, COUNTER, help, () -> loops.sum(counter));
    }

    private Metric gauge(String name, String help, Counter counter) {
        return Metric.single(name, GAUGE, help, () -> loops.sum(counter));
    }
}
