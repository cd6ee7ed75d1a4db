// SPDX-License-Identifier: Apache-2.0
package io.culex.core.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.api.metrics.Distribution;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MeasureTest {
    private static final int SAMPLED = 64;

    private final InlineLoops loops = new InlineLoops(2);

    private Distribution latency() {
        return loops.loops().distribution(Measure.PUBLISH_LATENCY, 1e9);
    }

    @Test
    void valuesAreCountedInTheBucketsOfAllLoops() {
        loops.get(0).counters().record(Measure.FAN_OUT, 0);
        loops.get(0).counters().record(Measure.FAN_OUT, 2);
        loops.get(1).counters().record(Measure.FAN_OUT, 2);
        loops.get(1).counters().record(Measure.FAN_OUT, 1_000_000);
        Distribution read = loops.loops().distribution(Measure.FAN_OUT, 1);
        assertEquals(4, read.total());
        assertEquals(1_000_004, read.sum());
        assertEquals(1, read.count(0));
        assertEquals(2, read.count(2));
        assertEquals(1, read.count(read.buckets() - 1));
        assertEquals(0, latency().total());
    }

    @Test
    void oneIn64IsMeasuredUntilTheEndOfItsIteration() {
        for (int i = 0; i < SAMPLED; i++) {
            loops.get(0).published();
            loops.run();
            assertEquals(i < SAMPLED - 1 ? 0 : 1, latency().total());
        }
        loops.get(0).published();
        loops.run();
        assertEquals(1, latency().total());
    }

    @Test
    void aMessageForAnotherLoopIsMeasuredThereToo() {
        for (int i = 1; i < SAMPLED; i++) {
            loops.get(0).published();
            loops.get(0).handOver(loops.get(1), receivers -> {}, "");
        }
        loops.get(0).published();
        loops.get(0).handOver(loops.get(1), receivers -> {}, "");
        loops.clock().pass(Duration.ofMillis(2));
        loops.iterate(0);
        loops.clock().pass(Duration.ofMillis(20));
        loops.run();
        assertEquals(2, latency().total());
        assertEquals(0.024, latency().sum(), 1e-9);
    }
}
