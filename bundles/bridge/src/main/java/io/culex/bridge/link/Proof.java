// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge.link;

import io.culex.api.local.RelaySession;

/**
 * What the other broker has for certain of the retained messages that go out at QoS 0, which nobody acknowledges: a PINGRESP
 * proves that everything before its PINGREQ has come. What went out after the last proof is sent again by the next connection.
 * Where nothing went out there is nothing to ask: a line that is paid by the byte stays silent. On the loop.
 */
final class Proof {
    private final RelaySession session;
    private long lastLook = -1;
    private long asked = -1;
    private long proved = -1;
    private int unanswered;
    private boolean owes;

    Proof(RelaySession session) {
        this.session = session;
    }

    /**
     * Once a second: whether to ask about what went out since the last proof; never while an answer is awaited. It asks about
     * what there was the last time, which has come to this session from every other event loop by now.
     *
     * @param sent whether a retained message went out at QoS 0 since the last call
     */
    boolean isDue(boolean sent) {
        owes |= sent;
        long before = lastLook;
        lastLook = session.retainedMark();
        if (unanswered > 0 || before <= proved) {
            return false;
        }
        boolean asks = owes;
        owes = false;
        if (asks) {
            asked = before;
        } else {
            prove(before);
        }
        return asks;
    }

    /** PINGREQ is sent, for whatever reason. */
    void asked() {
        unanswered++;
    }

    /** PINGRESP came. */
    void answered() {
        if (unanswered > 0) {
            unanswered--;
        }
        if (unanswered == 0 && asked > proved) {
            prove(asked);
        }
    }

    private void prove(long mark) {
        proved = mark;
        session.retainedThere(mark);
    }
}
