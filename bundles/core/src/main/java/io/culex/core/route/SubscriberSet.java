// SPDX-License-Identifier: Apache-2.0
package io.culex.core.route;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions of one filter. Readers never lock. Writers hold the lock of the filter's node; adding and removing take
 * constant time (growing is amortized), because each subscription knows its slot and free slots are used again.
 */
final class SubscriberSet {
    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Subscription[].class);

    private static final int[] NO_SLOTS = {};

    private volatile @Nullable Subscription[] slots = new Subscription[1];
    private int used;
    private int size;
    private int[] free = NO_SLOTS;
    private int freeCount;

    /** Writer only. */
    void add(Subscription subscription) {
        int slot = freeCount > 0 ? free[--freeCount] : used++;
        if (slot == slots.length) {
            @Nullable Subscription[] larger = Arrays.copyOf(slots, slots.length * 2);
            larger[slot] = subscription;
            slots = larger;
        } else {
            SLOT.setRelease(slots, slot, subscription);
        }
        subscription.slot = slot;
        size++;
    }

    /** Writer only. */
    void replace(Subscription old, Subscription by) {
        by.slot = old.slot;
        SLOT.setRelease(slots, old.slot, by);
        old.slot = -1;
    }

    /** Writer only. */
    void remove(Subscription subscription) {
        int slot = subscription.slot;
        SLOT.setRelease(slots, slot, null);
        subscription.slot = -1;
        size--;
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, Math.max(4, free.length * 2));
        }
        free[freeCount++] = slot;
    }

    /** Writer only. */
    boolean isEmpty() {
        return size == 0;
    }

    /** Any thread. */
    void forEach(Consumer<Subscription> sink) {
        @Nullable Subscription[] now = slots;
        for (int i = 0; i < now.length; i++) {
            Subscription subscription = (Subscription) SLOT.getAcquire(now, i);
            if (subscription != null) {
                sink.accept(subscription);
            }
        }
    }
}
