// SPDX-License-Identifier: Apache-2.0
package io.culex.core.admin;

import io.culex.api.metrics.Metric;
import io.culex.api.metrics.MetricsSource;
import io.culex.core.loop.Clock;
import io.culex.core.net.Broker;
import io.culex.core.session.Services;
import java.util.List;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The numbers of the core under the names of SPEC E.2, without its prefix. Immediate, because it is as old as the broker that
 * it tells the age of.
 */
@Component(immediate = true)
public final class CoreMetrics implements MetricsSource {
    private final List<Metric> metrics;

    /** Reads them from the broker. */
    @Activate
    public CoreMetrics(@Reference Broker broker) {
        this(broker.services(), Clock.SYSTEM);
    }

    CoreMetrics(Services services, Clock clock) {
        metrics = Stream.of(
                        new SessionMetrics(services).all(),
                        new TrafficMetrics(services.loops()).all(),
                        new ProcessMetrics(clock).all(),
                        JvmMetrics.all())
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public List<Metric> metrics() {
        return metrics;
    }
}
