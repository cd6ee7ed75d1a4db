// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.index;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ReceiverListsTest {
    private static final int MANY = 100_000;

    private final ReceiverLists lists = new ReceiverLists();

    private int add(int slot) {
        return lists.add(new int[] {slot, 1, 0}, 1);
    }

    @Test
    void givesItsMemoryBackWhenNothingIsInUse() {
        long before = lists.heapBytes();
        int[] numbers = new int[MANY];
        for (int i = 0; i < MANY; i++) {
            numbers[i] = add(i);
        }
        assertTrue(lists.heapBytes() > MANY);
        for (int i = 1; i < MANY; i++) {
            lists.remove(numbers[i]);
        }
        assertArrayEquals(new int[] {1, 0, 1, 0}, lists.get(numbers[0]), "one is in use still");
        lists.remove(numbers[0]);
        assertEquals(before, lists.heapBytes());
        int first = add(7);
        int second = add(8);
        assertArrayEquals(new int[] {1, 7, 1, 0}, lists.get(first));
        assertArrayEquals(new int[] {1, 8, 1, 0}, lists.get(second));
    }
}
