// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.write;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Numbers that were never given out before: the epoch of this opening in the upper bits, a counter below, which carries into
 * the epoch when it runs over. Lanes take them in blocks.
 */
public final class Ids {
    /** How many one takes at a time. */
    static final int BLOCK = 1024;

    private static final int EPOCH_SHIFT = 40;

    private final AtomicLong next;

    /** Begins above everything of earlier epochs. */
    public Ids(long epoch) {
        next = new AtomicLong((epoch << EPOCH_SHIFT) + 1);
    }

    /** The epoch that a number belongs to. */
    public static long epochOf(long id) {
        return id >>> EPOCH_SHIFT;
    }

    /** The epoch as of now. */
    public long epoch() {
        return epochOf(next.get());
    }

    long block() {
        return next.getAndAdd(BLOCK);
    }
}
