// SPDX-License-Identifier: Apache-2.0
package io.culex.api.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MetricSourcesTest {
    private final List<String> warnings = new ArrayList<>();
    private final MetricSources sources = new MetricSources(warnings::add);

    private static MetricsSource labelled(MetricType type, Consumer<Metric.Samples> reader) {
        List<Metric> metrics = List.of(new Metric("users", type, "Users.", List.of("plugin"), reader));
        return () -> metrics;
    }

    private Family only() {
        var families = sources.read();
        assertEquals(1, families.size());
        return families.iterator().next();
    }

    @Test
    void sourcesComeAndGo() {
        MetricsSource source = () -> List.of(Metric.single("sessions", MetricType.GAUGE, "Sessions.", () -> 4));
        long before = sources.changes();
        sources.add(source);
        assertNotEquals(before, sources.changes());
        assertEquals(4, only().samples().get(0).value());
        assertEquals("mosquitto_sessions", only().exportName());
        sources.remove(source);
        assertTrue(sources.read().isEmpty());
    }

    @Test
    void whatSeveralSourcesOfferIsOneFamilyAndTheOlderSourceCounts() {
        sources.add(labelled(MetricType.GAUGE, samples -> samples.add(1, "a")));
        MetricsSource second = labelled(MetricType.GAUGE, samples -> {
            samples.add(2, "a");
            samples.add(3, "b");
        });
        sources.add(second);
        assertEquals(
                List.of(new Family.Sample(List.of("a"), 1, null), new Family.Sample(List.of("b"), 3, null)),
                only().samples());
        sources.remove(second);
        assertEquals(1, only().samples().size());
    }

    static List<Consumer<Metric.Samples>> failures() {
        return List.of(
                samples -> {
                    throw new IllegalStateException("broken");
                },
                samples -> {
                    throw new AssertionError("broken");
                });
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aMetricThatFailsIsLeftOutAndNamedOnce(Consumer<Metric.Samples> failure) {
        sources.add(labelled(MetricType.GAUGE, samples -> samples.add(1, "a")));
        sources.add(labelled(MetricType.GAUGE, failure));
        assertEquals(1, only().samples().size());
        assertEquals(1, only().samples().size());
        assertEquals(1, warnings.size());
        assertTrue(warnings.get(0).contains("users") && warnings.get(0).contains("broken"), warnings.get(0));
    }

    @Test
    void aMomentWithoutMemoryCostsNoMetric() {
        AtomicBoolean isShort = new AtomicBoolean(true);
        sources.add(labelled(MetricType.GAUGE, samples -> {
            if (isShort.getAndSet(false)) {
                throw new OutOfMemoryError("of the test");
            }
            samples.add(1, "a");
        }));
        assertThrows(OutOfMemoryError.class, sources::read);
        assertEquals(1, only().samples().size());
        assertEquals(List.of(), warnings);
    }

    @Test
    void theSameNameInAnotherFormIsLeftOutForAsLongAsTheOlderIsThere() {
        MetricsSource first = labelled(MetricType.GAUGE, samples -> samples.add(1, "a"));
        sources.add(first);
        sources.add(labelled(MetricType.COUNTER, samples -> samples.add(2, "b")));
        for (int i = 0; i < 2; i++) {
            assertEquals(List.of(new Family.Sample(List.of("a"), 1, null)), only().samples());
        }
        assertEquals(1, warnings.size());
        assertTrue(warnings.get(0).contains("twice"), warnings.get(0));
        sources.remove(first);
        assertEquals(List.of(new Family.Sample(List.of("b"), 2, null)), only().samples());
        assertEquals(MetricType.COUNTER, only().metric().type());
    }

    @Test
    void whatFailsAfterItWasOfferedTwiceIsStillNamed() {
        MetricsSource first = labelled(MetricType.GAUGE, samples -> samples.add(1, "a"));
        sources.add(first);
        sources.add(labelled(MetricType.COUNTER, samples -> {
            throw new IllegalStateException("broken");
        }));
        sources.read();
        sources.remove(first);
        sources.read();
        assertEquals(2, warnings.size());
        assertTrue(warnings.get(1).contains("broken"), warnings.get(1));
    }

    @Test
    void aSampleThatIsNotAsDescribedIsRefused() {
        sources.add(labelled(MetricType.GAUGE, samples -> samples.add(1)));
        assertTrue(only().samples().isEmpty());
        assertEquals(1, warnings.size());
    }

    /** What one of them said would make the whole answer of an exporter invalid. */
    @Test
    void aSourceThatFailsToOfferItsMetricsHarmsNoOther() {
        sources.add(labelled(MetricType.GAUGE, samples -> samples.add(1, "a")));
        MetricsSource broken = () -> List.of(Metric.single("a-b", MetricType.GAUGE, "Wrong.", () -> 1));
        sources.add(broken);
        assertEquals("users", only().metric().name());
        assertEquals(1, warnings.size());
        assertTrue(warnings.get(0).contains("a-b"), warnings.get(0));
        sources.remove(broken);
        assertEquals(1, only().samples().size());
    }

    @Test
    void labelsAreBounded() {
        sources.add(labelled(
                MetricType.GAUGE, samples -> IntStream.range(0, 5000).forEach(i -> samples.add(i, String.valueOf(i)))));
        assertEquals(1000, only().samples().size());
        assertEquals(1, warnings.size());
    }

    @Test
    void aHistogramCountsWhatIsUpToEachBound() {
        Histogram histogram = new Histogram(1, 2, 5);
        for (double value : new double[] {0, 1, 1.5, 5, 6, 100}) {
            histogram.record(value);
        }
        sources.add(() -> List.of(Metric.histogram("waiting", "Waiting.", histogram::read)));
        Family.Sample sample = only().samples().get(0);
        Distribution read = sample.distribution();
        assertNotNull(read);
        assertEquals(6, sample.value());
        assertEquals(113.5, read.sum());
        assertEquals(
                List.of(2L, 1L, 1L, 2L),
                IntStream.range(0, read.buckets()).mapToObj(read::count).toList());
        assertEquals(5, read.bound(2));
        assertEquals(Double.POSITIVE_INFINITY, read.bound(3));
    }

    @Test
    void namesOfDashboardsForMosquittoKeepTheirPrefix() {
        assertEquals("mosquitto_mqtt_auth_sent", ExportName.of("mqtt_auth_sent"));
        assertEquals("culex_mqtt_connections", ExportName.of("mqtt_connections"));
        assertEquals("jvm_threads_current", ExportName.of("jvm_threads_current"));
        assertEquals("process_open_fds", ExportName.of("process_open_fds"));
        assertEquals("culex_plugin_calls", ExportName.of("plugin_calls"));
    }
}
