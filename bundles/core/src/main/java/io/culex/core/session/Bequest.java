// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import io.culex.core.loop.Ledger;

/** A session that is over and stays in the store until what it left has been given to others. On the session's loop. */
final class Bequest {
    private final Ledger ledger;
    private final long life;
    private final long[] messages;

    Bequest(Ledger ledger, long life, long[] messages) {
        this.ledger = ledger;
        this.life = life;
        this.messages = messages;
    }

    /** A message is another session's, or nobody's. */
    void done(Left left) {
        if (left.stored() != 0) {
            ledger.give().done(life, left.stored(), left.how().packed(), 0);
        }
    }

    /** Nothing is left for anybody. */
    void end() {
        ledger.give().ended(life, messages, messages.length);
    }
}
