// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge;

import static io.culex.api.metrics.MetricType.COUNTER;
import static io.culex.api.metrics.MetricType.GAUGE;

import io.culex.api.metrics.Metric;
import io.culex.api.metrics.MetricType;
import io.culex.api.metrics.MetricsSource;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The numbers of each bridge, under its name. Queues are as of the last second. Any thread. */
@Component
public final class BridgeMetrics implements MetricsSource {
    private final Bridges bridges;
    private final List<Metric> metrics;

    /** Of the bridges that run. */
    @Activate
    public BridgeMetrics(@Reference Bridges bridges) {
        this.bridges = bridges;
        this.metrics = List.of(
                metric(
                        "bridge_connected",
                        GAUGE,
                        "1: connected.",
                        bridge -> bridge.status().state() == State.CONNECTED ? 1 : 0),
                metric(
                        "bridge_connections",
                        COUNTER,
                        "Connections that the other broker accepted.",
                        bridge -> bridge.traffic().connections.sum()),
                metric("bridge_queue_messages", GAUGE, "Messages that wait.", bridge -> bridge.status()
                        .backlog()
                        .messages()),
                metric("bridge_queue_bytes", GAUGE, "Payload of the messages that wait.", bridge -> bridge.status()
                        .backlog()
                        .bytes()),
                metric(
                        "bridge_queue_age_seconds",
                        GAUGE,
                        "How long the first of them has waited.",
                        bridge -> bridge.status().backlog().ageMillis() / 1000.0),
                metric("bridge_queue_dropped", COUNTER, "Messages that found the queue full.", bridge -> bridge.status()
                        .backlog()
                        .dropped()),
                metric(
                        "bridge_inflight",
                        GAUGE,
                        "Messages of QoS 1 and 2 that are not acknowledged.",
                        bridge -> bridge.status().backlog().inflight()),
                metric("bridge_messages_out", COUNTER, "Messages sent to the other broker.", bridge -> bridge.traffic()
                        .out
                        .sum()),
                metric("bridge_bytes_out", COUNTER, "Payload sent to the other broker.", bridge -> bridge.traffic()
                        .outBytes
                        .sum()),
                metric(
                        "bridge_messages_in",
                        COUNTER,
                        "Messages taken from the other broker.",
                        bridge -> bridge.traffic().in.sum()),
                metric("bridge_bytes_in", COUNTER, "Payload taken from the other broker.", bridge -> bridge.traffic()
                        .inBytes
                        .sum()),
                metric(
                        "bridge_looped",
                        COUNTER,
                        "Messages that had been here before, or came too far.",
                        bridge -> bridge.traffic().looped.sum()),
                metric(
                        "bridge_oversize",
                        COUNTER,
                        "Messages too large for the other broker.",
                        bridge -> bridge.traffic().oversize.sum()),
                metric(
                        "bridge_unwanted",
                        COUNTER,
                        "Messages from the other broker that nothing lets in.",
                        bridge -> bridge.traffic().unwanted.sum()),
                metric("bridge_refused", COUNTER, "Messages that the other broker refused.", bridge -> bridge.traffic()
                        .refused
                        .sum()));
    }

    private Metric metric(String name, MetricType type, String help, ToDoubleFunction<Bridge> value) {
        return new Metric(name, type, help, List.of("bridge"), samples -> bridges.all()
                .forEach((label, bridge) -> samples.add(value.applyAsDouble(bridge), label)));
    }

    @Override
    public List<Metric> metrics() {
        return metrics;
    }
}
