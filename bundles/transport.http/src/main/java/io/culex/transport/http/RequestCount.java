// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.http;

import java.util.concurrent.atomic.LongAdder;

/** How many requests were answered, and how many of them with a refusal. Any thread. */
final class RequestCount {
    private final LongAdder all = new LongAdder();
    private final LongAdder refused = new LongAdder();

    void answered(int status) {
        all.increment();
        if (status >= 400) {
            refused.increment();
        }
    }

    long all() {
        return all.sum();
    }

    long refused() {
        return refused.sum();
    }
}
