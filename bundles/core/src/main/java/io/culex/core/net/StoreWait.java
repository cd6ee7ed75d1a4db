// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import io.culex.core.loop.Ledger;

/** Lets a publisher wait while the store has not written what it was given. On the connection's loop. */
final class StoreWait implements Ledger.Awaiting {
    /** Bytes that the store has not written yet, above which publishers wait for it. */
    private static final long MAX_UNWRITTEN = 16L << 20;

    private final Connection connection;

    StoreWait(Connection connection) {
        this.connection = connection;
    }

    /** A message was published. */
    void look() {
        Ledger ledger = connection.loop().ledger();
        if (ledger.backlog() > MAX_UNWRITTEN && !connection.paused().isFor(Pause.STORE)) {
            connection.pause(Pause.STORE);
            ledger.whenKept(this);
        }
    }

    @Override
    public void kept() {
        connection.loop().execute(() -> connection.resume(Pause.STORE));
    }

    @Override
    public void failed() {
        kept();
    }
}
