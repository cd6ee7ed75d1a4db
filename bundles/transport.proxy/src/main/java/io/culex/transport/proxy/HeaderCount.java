// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.proxy;

import java.util.concurrent.atomic.LongAdder;

/** How many headers were taken, and how many connections refused for want of a good one. Any thread. */
final class HeaderCount {
    private final LongAdder taken = new LongAdder();
    private final LongAdder refused = new LongAdder();

    void take() {
        taken.increment();
    }

    void refuse() {
        refused.increment();
    }

    long taken() {
        return taken.sum();
    }

    long refused() {
        return refused.sum();
    }
}
