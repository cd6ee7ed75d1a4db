// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.index;

import java.util.Arrays;

/** The receivers of those messages that have several, or one that a QoS 2 message was sent to; named by numbers. */
final class ReceiverLists {
    /** Numbers per receiver: slot of the session, how, sending. */
    static final int STRIDE = 3;

    private static final int SMALLEST = 16;

    private int[][] lists = new int[SMALLEST][];
    private int[] free = new int[SMALLEST];
    private int freeCount;
    private int used;

    /** Keeps a list: the first {@code count} receivers. */
    int add(int[] receivers, int count) {
        int[] list = new int[1 + count * STRIDE];
        list[0] = count;
        System.arraycopy(receivers, 0, list, 1, count * STRIDE);
        int number = freeCount > 0 ? free[--freeCount] : used++;
        if (number == lists.length) {
            lists = Arrays.copyOf(lists, number + number / 2);
        }
        lists[number] = list;
        return number;
    }

    /** The list: how many, then the receivers one after the other. */
    int[] get(int number) {
        return lists[number];
    }

    /** Forgets a list. */
    void remove(int number) {
        lists[number] = EMPTY;
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, freeCount + freeCount / 2);
        }
        free[freeCount++] = number;
        if (freeCount == used && lists.length > SMALLEST) {
            lists = new int[SMALLEST][]; // what it took at its peak it gives back
            free = new int[SMALLEST];
            freeCount = 0;
            used = 0;
        }
    }

    /** Bytes of the heap that it takes, without the lists themselves. */
    long heapBytes() {
        return 8L * lists.length + 4L * free.length;
    }

    private static final int[] EMPTY = {0};

    /** Takes a receiver, by its place in the list, out of it. */
    static void removeAt(int[] list, int at) {
        int last = 1 + (list[0] - 1) * STRIDE;
        System.arraycopy(list, at + STRIDE, list, at, last - at);
        list[0]--;
    }

    /**
     * Where a receiver stands in the list: the one that fits best, or -1 when the session is not among them. A broker that
     * says another QoS or Packet Identifier than before still means this message.
     */
    static int find(int[] list, int slot, int how, int sending) {
        int best = -1;
        int bestFit = 0;
        for (int i = 0, at = 1; i < list[0]; i++, at += STRIDE) {
            if (list[at] == slot) {
                int fit = 1 + (list[at + 1] == how ? 2 : 0) + ((list[at + 2] & 0xFFFF) == (sending & 0xFFFF) ? 4 : 0);
                if (fit > bestFit) {
                    best = at;
                    bestFit = fit;
                }
            }
        }
        return best;
    }
}
