// SPDX-License-Identifier: Apache-2.0
package io.culex.core.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CountersTest {
    private final InlineLoops loops = new InlineLoops(2);

    @Test
    void areSummedOverTheLoops() {
        loops.get(0).counters().add(Counter.BYTES_SENT, 40);
        loops.get(1).counters().increment(Counter.BYTES_SENT);
        loops.get(1).counters().add(Counter.BYTES_SENT, -2);
        assertEquals(39, loops.loops().sum(Counter.BYTES_SENT));
        assertEquals(-1, loops.get(1).counters().get(Counter.BYTES_SENT));
        assertEquals(0, loops.loops().sum(Counter.BYTES_RECEIVED));
    }

    @Test
    void everyCounterAndPacketTypeHasItsOwnPlace() {
        Counters counters = loops.get(0).counters();
        int value = 1;
        for (Counter counter : Counter.values()) {
            counters.add(counter, value++);
        }
        for (int type = 0; type < 16; type++) {
            for (int i = 0; i <= type; i++) {
                counters.received(type);
            }
            counters.sent(type, 100 + type);
        }
        value = 1;
        for (Counter counter : Counter.values()) {
            assertEquals(value++, loops.loops().sum(counter));
        }
        for (int type = 0; type < 16; type++) {
            assertEquals(type + 1, loops.loops().received(type));
            assertEquals(100 + type, loops.loops().sent(type));
        }
    }
}
