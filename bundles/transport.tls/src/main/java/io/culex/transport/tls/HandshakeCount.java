// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.tls;

import java.util.concurrent.atomic.LongAdder;

/** How many handshakes ended well, and how many not. Any thread. */
final class HandshakeCount {
    private final LongAdder completed = new LongAdder();
    private final LongAdder failed = new LongAdder();

    void complete() {
        completed.increment();
    }

    void fail() {
        failed.increment();
    }

    long completed() {
        return completed.sum();
    }

    long failed() {
        return failed.sum();
    }
}
