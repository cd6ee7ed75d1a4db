// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import io.culex.core.plugin.Gate;

/** Lets a login that is under way wait while a plugin is exchanged. On the connection's loop. */
final class GateWait {
    private static final int LOOK_AGAIN_MILLIS = 50;

    private final Connection connection;

    GateWait(Connection connection) {
        this.connection = connection;
    }

    /** Whether the gate is waiting; then it is looked at again in a moment. No time limit of the client runs meanwhile. */
    boolean holds(Gate gate, Runnable again) {
        if (gate.state() != Gate.State.WAITING) {
            connection.resume(Pause.GATE);
            return false;
        }
        connection.pause(Pause.GATE);
        connection.loop().schedule(again, LOOK_AGAIN_MILLIS);
        return true;
    }
}
