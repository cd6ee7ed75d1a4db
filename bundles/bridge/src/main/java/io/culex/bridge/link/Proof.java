// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge.link;

import io.culex.api.local.RelaySession;

/**
 * What the other broker has for certain of the retained messages that go out at QoS 0, which nobody acknowledges: a PINGRESP
 * proves that everything before its PINGREQ has come. What went out after the last proof is sent again by the next connection.
 * On the loop.
 */
final class Proof {
    private final RelaySession session;
    private long lastLook = -1;
    private long asked = -1;
    private long proved = -1;
    private int unanswered;

    Proof(RelaySession session) {
        this.session = session;
    }

    /**
     * Once a second: whether something went out since the last proof, and no answer is awaited. It asks about what there was
     * the last time, which has come to this session from every other event loop by now.
     */
    boolean isDue() {
        long before = lastLook;
        lastLook = session.retainedMark();
        if (unanswered > 0 || before <= proved) {
            return false;
        }
        asked = before;
        return true;
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
            proved = asked;
            session.retainedThere(proved);
        }
    }
}
