// SPDX-License-Identifier: Apache-2.0
package io.culex.core.loop;

import java.util.Arrays;

/** What one loop has for another from one iteration, in order. Filled by the source, then read by the target only. */
final class Batch {
    private Delivered[] messages = new Delivered[16];
    private Object[] receivers = new Object[16];
    private int size;
    private int delivered;
    private long bytes;
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
        bytes += message.weight();
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

    /** What its messages weigh. */
    long bytes() {
        return bytes;
    }

    /** Delivers what was not delivered yet. */
    void deliver() {
        while (delivered < size) {
            int next = delivered++;
            try {
                messages[next].deliver(receivers[next]);
            } catch (RuntimeException | Error e) {
                Failure.report(e);
            }
        }
    }
}
