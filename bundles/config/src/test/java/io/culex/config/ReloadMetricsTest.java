// SPDX-License-Identifier: Apache-2.0
package io.culex.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.api.metrics.Metric;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReloadMetricsTest {
    private final ReloadMetrics metrics = new ReloadMetrics(() -> 7);

    private Map<String, Double> read() {
        Map<String, Double> values = new HashMap<>();
        for (Metric metric : metrics.metrics()) {
            metric.reader().accept((value, labels) -> values.put(metric.name(), value));
        }
        return values;
    }

    @Test
    void showsARefusedReloadUntilOneIsTaken() {
        assertEquals(
                Map.of(
                        "config_state",
                        1.0,
                        "config_generation",
                        7.0,
                        "config_reloads",
                        0.0,
                        "config_reloads_refused",
                        0.0),
                read());
        metrics.reloaded(false);
        assertEquals(0.0, read().get("config_state"));
        metrics.reloaded(true);
        assertEquals(
                Map.of(
                        "config_state",
                        1.0,
                        "config_generation",
                        7.0,
                        "config_reloads",
                        1.0,
                        "config_reloads_refused",
                        1.0),
                read());
    }

    @Test
    void aRollbackIsNoReloadButWhatRunsIsNotInTheFilesAnyMore() {
        metrics.rolledBack();
        assertEquals(
                Map.of(
                        "config_state",
                        0.0,
                        "config_generation",
                        7.0,
                        "config_reloads",
                        0.0,
                        "config_reloads_refused",
                        0.0),
                read());
    }
}
