// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.listen;

import io.culex.api.metrics.Metric;
import io.culex.api.metrics.MetricType;
import io.culex.api.metrics.MetricsSource;
import io.culex.transport.Doors;
import io.culex.transport.Listener;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The numbers of the listeners. */
@Component
public final class ConnectionMetrics implements MetricsSource {
    private final List<Metric> metrics;

    /** Reads them from the doors. */
    @Activate
    public ConnectionMetrics(@Reference Doors doors) {
        metrics = List.of(
                Metric.single(
                        "socket_connections",
                        MetricType.COUNTER,
                        "Connections accepted since start.",
                        doors::acceptedConnections),
                Metric.single(
                        "socket_connections_refused",
                        MetricType.COUNTER,
                        "Connections refused because of max_connections since start.",
                        doors::refusedConnections),
                Metric.single(
                        "sockets_open",
                        MetricType.GAUGE,
                        "Accepted connections that are open, with or without a session.",
                        doors::openConnections),
                byListener(
                        doors,
                        "listener_connections",
                        MetricType.GAUGE,
                        "Accepted connections that are open, by listener.",
                        Listener::connections),
                byListener(
                        doors,
                        "listener_accepted",
                        MetricType.COUNTER,
                        "Connections that came in since the listener was opened, by listener.",
                        Listener::accepted),
                byListener(
                        doors,
                        "listener_refused",
                        MetricType.COUNTER,
                        "Connections refused because of a limit since the listener was opened, by listener.",
                        Listener::refused));
    }

    private static Metric byListener(
            Doors doors, String name, MetricType type, String help, ToDoubleFunction<Listener> value) {
        return new Metric(name, type, help, List.of("listener"), samples -> {
            for (Listener listener : doors.listeners()) {
                samples.add(value.applyAsDouble(listener), listener.name());
            }
        });
    }

    @Override
    public List<Metric> metrics() {
        return metrics;
    }
}
