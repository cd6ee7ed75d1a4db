// SPDX-License-Identifier: Apache-2.0
package io.culex.api.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names as every exporter can write them. */
class MetricTest {
    private static Metric metric(String name, String... labels) {
        return new Metric(name, MetricType.GAUGE, "Help.", List.of(labels), samples -> {});
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a-b", "a b", "1a", "a.b", "ä", "a\nb", "a:b", "_a", "a/b"})
    void aNameThatNoExporterCanWriteIsNamed(String name) {
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, () -> metric(name));
        assertTrue(String.valueOf(refusal.getMessage()).contains("'" + name + "'"), refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a-b", "1a", "__name", "a:b", "ä"})
    void aLabelThatNoExporterCanWriteIsNamedWithItsMetric(String label) {
        String reason =
                String.valueOf(assertThrows(IllegalArgumentException.class, () -> metric("users", "plugin", label))
                        .getMessage());
        assertTrue(reason.contains("'" + label + "'") && reason.contains("users"), reason);
    }

    @Test
    void aLabelIsThereOnce() {
        assertThrows(IllegalArgumentException.class, () -> metric("users", "plugin", "plugin"));
    }

    /** The label of an exporter's own, for the bounds of its buckets. */
    @Test
    void aDistributionHasNoLabelLe() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new Metric("waiting", MetricType.HISTOGRAM, "Help.", List.of("le"), samples -> {}));
    }

    @Test
    void takesWhatTheBrokerItselfOffers() {
        assertEquals(
                List.of("plugin", "listener_2"),
                metric("mqtt_5_x", "plugin", "listener_2").labels());
    }
}
