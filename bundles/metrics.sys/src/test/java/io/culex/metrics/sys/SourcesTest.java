// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.sys;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.api.metrics.Metric;
import io.culex.api.metrics.MetricType;
import io.culex.api.metrics.MetricsSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SourcesTest {
    private final List<String> warnings = new ArrayList<>();
    private final Sources sources = new Sources(Set.of("a", "b", "c"), warnings::add);

    @Test
    void readsWhatIsWantedOfEverySource() {
        sources.add(source(metric("a", 1), metric("z", 26)));
        sources.add(source(metric("b", 2)));
        assertEquals(Map.of("a", 1.0, "b", 2.0), sources.read());
    }

    @Test
    void doesNotReadASourceThatIsGone() {
        MetricsSource first = source(metric("a", 1));
        sources.add(first);
        sources.add(source(metric("b", 2)));
        sources.remove(first);
        assertEquals(Map.of("b", 2.0), sources.read());
        sources.add(source(metric("a", 7)));
        assertEquals(Map.of("a", 7.0, "b", 2.0), sources.read());
    }

    @Test
    void leavesOutMetricsWithLabels() {
        sources.add(
                source(new Metric("a", MetricType.GAUGE, "By listener.", List.of("listener"), s -> s.add(1, "door"))));
        assertEquals(Map.of(), sources.read());
    }

    @Test
    void goesOnWithoutAMetricThatFailsAndSaysSoOnce() {
        Metric broken = Metric.single("a", MetricType.GAUGE, "Broken.", () -> {
            throw new IllegalStateException("no file");
        });
        sources.add(source(broken, metric("b", 2)));
        assertEquals(Map.of("b", 2.0), sources.read());
        assertEquals(Map.of("b", 2.0), sources.read());
        assertEquals(
                List.of("Warning: The metric a cannot be read: java.lang.IllegalStateException: no file"), warnings);
    }

    @Test
    void outlivesASourceWhoseClassesAreGone() {
        Metric unloaded = Metric.single("a", MetricType.GAUGE, "Unloaded.", () -> {
            throw new NoClassDefFoundError("io/culex/gone/Gone");
        });
        sources.add(source(unloaded, metric("c", 3)));
        assertEquals(Map.of("c", 3.0), sources.read());
        assertEquals(1, warnings.size());
    }

    private static Metric metric(String name, double value) {
        return Metric.single(name, MetricType.GAUGE, "A number.", () -> value);
    }

    private static MetricsSource source(Metric... metrics) {
        return () -> List.of(metrics);
    }
}
