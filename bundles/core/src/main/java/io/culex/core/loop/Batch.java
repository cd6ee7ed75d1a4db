// SPDX-License-Identifier: Apache-2.0
package io.culex.core.loop;

import java.util.Arrays;

/** What one loop has for another from one iteration, in order. Filled by the source, then read by the target only. */
final class Batch {
    private Delivered[] messages = new Delivered[16];
    private Object[] receivers = new Object[16];
    private int size;
    private boolean sampled;
    private long sampledAt;

    void add(Delivered message, Object target) {
        if (size == messages.length) {
            messages = Arrays.copyOf(messages, size * 2);
            receivers = Arrays.copyOf(receivers, size * 2);
        }
        messages[size] = message;
        receivers[size] = target;
        size++;
    }

    /** It has the message that was read at that time, by the clock that counts nanoseconds. */
    void sample(long since) {
        sampled = true;
        sampledAt = since;
    }

    boolean isSampled() {
        return sampled;
    }

    long sampledAt() {
        return sampledAt;
    }

    int size() {
        return size;
    }

    void deliver() {
        for (int i = 0; i < size; i++) {
            try {
                messages[i].deliver(receivers[i]);
            } catch (RuntimeException | LinkageError e) {
                Failure.report(e);
            }
        }
    }
}
