// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.websocket;

import java.util.concurrent.atomic.LongAdder;

/** How many requests opened a WebSocket, and how many were refused. Any thread. */
final class RequestCount {
    private final LongAdder opened = new LongAdder();
    private final LongAdder refused = new LongAdder();

    void open() {
        opened.increment();
    }

    void refuse() {
        refused.increment();
    }

    long opened() {
        return opened.sum();
    }

    long refused() {
        return refused.sum();
    }
}
