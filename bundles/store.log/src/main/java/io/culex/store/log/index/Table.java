// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.index;

import java.util.function.LongConsumer;

/**
 * A map from numbers other than 0 to a few numbers each, without an object per entry: open addressing, an entry's numbers
 * side by side. Grows by a quarter, so that a large one is never less than five eighths full, and gives memory back. Not for several threads.
 */
public final class Table {
    private static final int SMALLEST = 2;
    private static final long[] NOTHING = {};

    private final int stride;
    private long[] cells;
    private int capacity;
    private int size;

    /** An empty one with that many numbers for each key. */
    public Table(int values) {
        stride = values + 1;
        cells = NOTHING;
    }

    /** How many keys it has. */
    public int size() {
        return size;
    }

    /** Bytes of the heap that it takes. */
    public long heapBytes() {
        return 16 + 8L * cells.length;
    }

    /** The entry of a key, or -1. */
    public int find(long key) {
        if (size == 0 || key == 0) {
            return -1; // an empty cell has the key 0
        }
        for (int place = home(key); ; place = next(place)) {
            long found = cells[place * stride];
            if (found == key) {
                return place * stride;
            }
            if (found == 0) {
                return -1;
            }
        }
    }

    /** The entry of a key; made, with values 0, unless it is there. Other entries may move. */
    public int insert(long key) {
        int entry = find(key);
        if (entry >= 0) {
            return entry;
        }
        if (key == 0) {
            throw new IllegalArgumentException("0 cannot be a key");
        }
        if ((size + 1) * 5L > capacity * 4L) {
            resize(Math.max(capacity + capacity / 4 + 1, SMALLEST));
        }
        size++;
        return place(key);
    }

    private int place(long key) {
        int place = home(key);
        while (cells[place * stride] != 0) {
            place = next(place);
        }
        cells[place * stride] = key;
        return place * stride;
    }

    /** The key of an entry. */
    public long key(int entry) {
        return cells[entry];
    }

    /** One of its values, counted from 1. */
    public long get(int entry, int value) {
        return cells[entry + value];
    }

    /** Sets one of its values, counted from 1. */
    public void set(int entry, int value, long number) {
        cells[entry + value] = number;
    }

    /** Takes an entry away. Other entries may move. */
    public void remove(int entry) {
        int hole = entry / stride;
        for (int place = next(hole); cells[place * stride] != 0; place = next(place)) {
            int home = home(cells[place * stride]);
            boolean reachesHole = hole <= place ? home <= hole || home > place : home <= hole && home > place;
            if (reachesHole) {
                System.arraycopy(cells, place * stride, cells, hole * stride, stride);
                hole = place;
            }
        }
        for (int i = 0; i < stride; i++) {
            cells[hole * stride + i] = 0;
        }
        size--;
        if (capacity > SMALLEST * 4 && size < capacity / 4) {
            resize(Math.max(SMALLEST, capacity / 2));
        }
    }

    /** Calls with each key; the table must not be changed meanwhile. */
    public void forEachKey(LongConsumer keys) {
        for (int place = 0; place < capacity; place++) {
            long key = cells[place * stride];
            if (key != 0) {
                keys.accept(key);
            }
        }
    }

    /** All keys. */
    public long[] keys() {
        long[] keys = new long[size];
        int count = 0;
        for (int place = 0; place < capacity; place++) {
            long key = cells[place * stride];
            if (key != 0) {
                keys[count++] = key;
            }
        }
        return keys;
    }

    private void resize(int newCapacity) {
        long[] old = cells;
        cells = new long[Math.multiplyExact(newCapacity, stride)];
        capacity = newCapacity;
        for (int at = 0; at < old.length; at += stride) {
            if (old[at] != 0) {
                System.arraycopy(old, at, cells, place(old[at]), stride);
            }
        }
    }

    private int home(long key) {
        long mixed = mix(key) >>> 32;
        return (int) (mixed * capacity >>> 32);
    }

    private int next(int place) {
        return place + 1 == capacity ? 0 : place + 1;
    }

    /** Spreads a key over all bits. */
    static long mix(long key) {
        long mixed = (key ^ key >>> 32) * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ mixed >>> 29) * 0xBF58476D1CE4E5B9L;
        return mixed ^ mixed >>> 32;
    }
}
