// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.sys;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoadTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void doesNotCountWhatWasBeforeIt() {
        Load load = new Load(1_000_000, 5 * SECOND);
        load.update(1_000_000, 15 * SECOND);
        assertEquals(0, oneMinute(load));
    }

    @Test
    void countsTheGrowthOverTheTimeThatPassed() {
        Load load = new Load(41, 5 * SECOND);
        load.update(100, 7 * SECOND);
        assertEquals(58.03, oneMinute(load), 0.005);
        assertEquals(List.of("1min", "5min", "15min"), List.copyOf(all(load).keySet()));
    }

    @Test
    void takesASmallerCountForABeginningAtZero() {
        Load load = new Load(5_000, 0);
        load.update(59, 2 * SECOND);
        assertEquals(58.03, oneMinute(load), 0.005);
    }

    @Test
    void staysAsItIsWhileNoTimePasses() {
        Load load = new Load(0, 0);
        load.update(100, 0);
        assertEquals(0, oneMinute(load));
        load.update(100, 10 * SECOND);
        assertEquals(92.1110, oneMinute(load), 0.0001);
    }

    private static double oneMinute(Load load) {
        return all(load).getOrDefault("1min", Double.NaN);
    }

    private static Map<String, Double> all(Load load) {
        Map<String, Double> all = new LinkedHashMap<>();
        load.forEach(all::put);
        return all;
    }
}
