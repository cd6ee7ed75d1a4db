// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void doesAsAMapDoes() {
        Random random = new Random(7);
        for (int round = 0; round < 20; round++) {
            Table table = new Table(2);
            Map<Long, Long> map = new HashMap<>();
            int range = 1 << random.nextInt(12);
            for (int i = 0; i < 20_000; i++) {
                long key = 1 + random.nextInt(range);
                if (random.nextBoolean()) {
                    int entry = table.insert(key);
                    table.set(entry, 1, i);
                    table.set(entry, 2, -i);
                    map.put(key, (long) i);
                } else {
                    int entry = table.find(key);
                    assertEquals(map.remove(key) != null, entry >= 0);
                    if (entry >= 0) {
                        table.remove(entry);
                    }
                }
                assertEquals(map.size(), table.size());
            }
            for (long key : table.keys()) {
                assertEquals(map.get(key), table.get(table.find(key), 1));
                assertEquals(map.get(key), -table.get(table.find(key), 2));
            }
        }
    }

    @Test
    void takesLessThanFiftyBytesForAMessageAndGivesThemBack() {
        Table table = new Table(2);
        for (long key = 1; key <= 100_000; key++) {
            table.insert(key << 40 | key);
            assertTrue(table.size() < 1000 || table.heapBytes() < 49L * table.size(), () -> "" + table.heapBytes());
        }
        for (long key = 1; key <= 100_000; key++) {
            table.remove(table.find(key << 40 | key));
        }
        assertTrue(table.heapBytes() < 1000);
    }

    @Test
    void hasNothingUnderZero() {
        Table table = new Table(1);
        table.insert(5);
        assertEquals(-1, table.find(0));
        assertThrows(IllegalArgumentException.class, () -> table.insert(0));
    }
}
