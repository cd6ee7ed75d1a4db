// SPDX-License-Identifier: Apache-2.0
package io.culex.core.plugin;

import io.culex.api.metrics.Metric;
import io.culex.api.metrics.MetricType;
import io.culex.api.metrics.MetricsSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** How plugins that decide are called, by plugin. One that was exchanged begins at 0, one that is gone is not shown. Any thread. */
@Component
public final class PluginMetrics implements MetricsSource {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Current current;
    private final List<Metric> metrics = List.of(
            counter("plugin_calls", "Questions to a plugin.", Guard::calls),
            counter(
                    "plugin_failures",
                    "Questions that a plugin failed at, which counts as a refusal.",
                    Guard::failures),
            counter("plugin_refusals", "Answers of a plugin that refused something.", Guard::refusals),
            counter(
                    "plugin_call_seconds",
                    "Time until a plugin's answers came, summed up.",
                    guard -> guard.nanos() / NANOS_PER_SECOND),
            metric("plugin_calls_open", MetricType.GAUGE, "Questions that wait for their answer.", Guard::inFlight));

    /** Reads them from the gates that hold. */
    @Activate
    public PluginMetrics(@Reference PluginRegistry registry) {
        this(registry.current());
    }

    PluginMetrics(Current current) {
        this.current = current;
    }

    @Override
    public List<Metric> metrics() {
        return metrics;
    }

    private Metric counter(String name, String help, ToDoubleFunction<Guard> value) {
        return metric(name, MetricType.COUNTER, help, value);
    }

    private Metric metric(String name, MetricType type, String help, ToDoubleFunction<Guard> value) {
        return new Metric(name, type, help, List.of("plugin"), samples -> {
            for (Guard guard : guards()) {
                samples.add(value.applyAsDouble(guard), guard.plugin());
            }
        });
    }

    /** Each once, whatever number of listeners asks it. */
    private Set<Guard> guards() {
        Set<Guard> guards = new LinkedHashSet<>();
        for (Scope scope : current.get().scopes().values()) {
            scope.gate().plugins().forEach(plugin -> guards.add(plugin.guard()));
        }
        return guards;
    }
}
