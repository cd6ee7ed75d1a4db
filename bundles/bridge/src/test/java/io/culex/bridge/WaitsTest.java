// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.bridge.settings.Backoff;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WaitsTest {
    @Test
    void growsAtRandomUpToTheCapAndBeginsAnewAfterAStableConnection() {
        Waits waits = new Waits(new Backoff(1, 8, 10), new Random(3));
        long longest = 0;
        long before = 1000;
        for (int i = 0; i < 100; i++) {
            long wait = waits.next();
            assertTrue(wait >= 1000 && wait <= Math.min(8000, before * 3), before + " then " + wait);
            before = wait;
            longest = Math.max(longest, wait);
        }
        assertTrue(longest > 7000);
        waits.lasted(9_999);
        waits.lasted(10_000);
        assertTrue(waits.next() <= 3000);
    }

    @Test
    void oneNumberIsAlwaysThat() {
        Waits waits = new Waits(Backoff.parse("7"), new Random(3));
        for (int i = 0; i < 10; i++) {
            assertEquals(7000, waits.next());
        }
    }
}
