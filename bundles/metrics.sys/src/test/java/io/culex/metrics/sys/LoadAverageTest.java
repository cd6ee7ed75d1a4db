// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.sys;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LoadAverageTest {
    @Test
    void beginsAtZero() {
        assertEquals(0, new LoadAverage(1).value());
    }

    /** What Mosquitto 2.0.11 published after 59 packets in the two seconds since its last update. */
    @Test
    void agreesWithMosquitto() {
        assertEquals(58.03, new LoadAverage(1).add(59, 2), 0.005);
        assertEquals(11.76, new LoadAverage(5).add(59, 2), 0.005);
        assertEquals(3.93, new LoadAverage(15).add(59, 2), 0.005);
    }

    /** 100 in 10 s is 600 a minute; e^(-10/60) = 0.8464817, so 600 * 0.1535183 = 92.1110, then less by that factor. */
    @Test
    void fallsByItsWindowWhenNothingHappens() {
        LoadAverage average = new LoadAverage(1);
        assertEquals(92.1110, average.add(100, 10), 0.0001);
        assertEquals(77.9703, average.add(0, 10), 0.0001);
        assertEquals(77.9703, average.value(), 0.0001);
    }

    @Test
    void comesToASteadyRate() {
        LoadAverage average = new LoadAverage(1);
        for (int i = 0; i < 200; i++) {
            average.add(50, 10);
        }
        assertEquals(300, average.value(), 0.001);
    }

    @Test
    void doesNotDependOnTheIntervalWhenTheRateIsSteady() {
        LoadAverage often = new LoadAverage(5);
        for (int i = 0; i < 60; i++) {
            often.add(7, 1);
        }
        assertEquals(new LoadAverage(5).add(420, 60), often.value(), 1e-6);
    }
}
