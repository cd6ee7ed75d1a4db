// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import io.culex.core.loop.Ledger;
import io.culex.core.loop.Loop;

/** Lets a client wait while the store has not written what it was given. On the connection's loop. */
final class StoreWait implements Ledger.Awaiting {
    /** Bytes that the store has not written yet, above which those wait for it who would give it more. */
    private static final long MAX_UNWRITTEN = 16L << 20;

    /** Above which those wait too who acknowledge: others are not to lose messages because a receiver waits with publishers. */
    private static final long MAX_UNWRITTEN_AT_LAST = 4 * MAX_UNWRITTEN;

    private static final int ACKNOWLEDGEMENTS = 64;

    private final Connection connection;
    private int untilLook = ACKNOWLEDGEMENTS;

    StoreWait(Connection connection) {
        this.connection = connection;
    }

    /** A message, or something else that was not there before, may have been given to the store. */
    void look() {
        look(MAX_UNWRITTEN);
    }

    /** Something was acknowledged, which is little: every now and then is soon enough. */
    void acknowledged() {
        if (--untilLook == 0) {
            untilLook = ACKNOWLEDGEMENTS;
            look(MAX_UNWRITTEN_AT_LAST);
        }
    }

    private void look(long most) {
        Ledger ledger = connection.loop().ledger();
        if (ledger.backlog() > most && !connection.paused().isFor(Pause.STORE)) {
            connection.pause(Pause.STORE);
            ledger.whenKept(this);
        }
    }

    /** Whether a login is put off because the store is away, or has not written what it was given; then {@code login} comes later. */
    boolean putsOff(boolean kept, Runnable login) {
        Loop loop = connection.loop();
        Ledger ledger = loop.ledger();
        if (ledger.isAway()) {
            ledger.whenThere(login);
            return true;
        }
        boolean full = kept && ledger.backlog() > MAX_UNWRITTEN;
        if (full) {
            ledger.whenKept(new Ledger.Awaiting() {
                @Override
                public void kept() {
                    loop.execute(login);
                }

                @Override
                public void failed() {
                    kept();
                }
            });
        }
        return full;
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
