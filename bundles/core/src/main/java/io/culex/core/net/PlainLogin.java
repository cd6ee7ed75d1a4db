// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import io.culex.api.auth.AuthAnswer;
import io.culex.api.message.ReasonCode;
import io.culex.core.loop.Counter;
import io.culex.core.plugin.Gate;

/** Has a CONNECT without an Authentication Method decided. An answer of a gate that was replaced meanwhile is void. */
final class PlainLogin {
    private static final int LOOK_AGAIN_MILLIS = 50;

    private final Connection connection;
    private final Login login;

    PlainLogin(Connection connection, Login login) {
        this.connection = connection;
        this.login = login;
    }

    void begin() {
        if (connection.isOver()) {
            return;
        }
        Gate gate = connection.scope().gate();
        if (gate.state() == Gate.State.WAITING) {
            // The plugin went while it was asked; the next one is on its way.
            connection.loop().schedule(this::begin, LOOK_AGAIN_MILLIS);
        } else {
            gate.authenticate(login.request(), answer -> connection.loop().run(() -> decided(gate, answer)));
        }
    }

    @SuppressWarnings("ReferenceEquality") // a gate is another one even when it says the same
    private void decided(Gate by, AuthAnswer answer) {
        if (by != connection.scope().gate()) {
            begin();
        } else if (answer instanceof AuthAnswer.Allow) {
            connection.loop().counters().increment(Counter.AUTH_SUCCESS);
            login.accepted(login.packet().username());
        } else {
            ReasonCode reason = answer instanceof AuthAnswer.Deny deny ? deny.reason() : ReasonCode.NOT_AUTHORIZED;
            connection.loop().counters().increment(answer.equals(Gate.FAILED) ? Counter.AUTH_ERROR : Counter.AUTH_FAIL);
            login.refuse(login.packet().version(), reason);
        }
    }
}
