// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import io.culex.core.loop.Counter;
import io.culex.core.loop.Counters;

/**
 * Tells the loop's counters what waits in one queue, and knows whether any of it is of QoS 0. What is found in the store is told
 * when the loop has got it, for nobody else may change its counters. On the session's loop, but {@link #found}.
 */
final class Tally {
    private final Counters counters;
    private int atQos0;
    private int foundMessages;
    private long foundBytes;

    Tally(Counters counters) {
        this.counters = counters;
    }

    boolean holdsQos0() {
        return atQos0 > 0;
    }

    void added(int bytes, int qos) {
        change(1, bytes, qos);
    }

    void removed(int bytes, int qos) {
        change(-1, bytes, qos);
    }

    private void change(int messages, int bytes, int qos) {
        atQos0 += qos == 0 ? messages : 0;
        counters.add(Counter.QUEUED_MESSAGES, messages);
        counters.add(Counter.QUEUED_BYTES, (long) messages * bytes);
    }

    /** On the thread of the start. */
    void found(int bytes, int qos) {
        atQos0 += qos == 0 ? 1 : 0;
        foundMessages++;
        foundBytes += bytes;
    }

    /** The broker runs. */
    void begun() {
        counters.add(Counter.QUEUED_MESSAGES, foundMessages);
        counters.add(Counter.QUEUED_BYTES, foundBytes);
        foundMessages = 0;
        foundBytes = 0;
    }

    /** The queue is thrown away. */
    void cleared(MessageQueue queue) {
        counters.add(Counter.QUEUED_MESSAGES, -queue.size());
        counters.add(Counter.QUEUED_BYTES, -queue.bytes());
        atQos0 = 0;
    }
}
