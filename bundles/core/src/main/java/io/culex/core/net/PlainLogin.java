// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import io.culex.api.auth.AuthAnswer;
import io.culex.api.message.ReasonCode;
import io.culex.core.loop.Counter;
import io.culex.core.plugin.Decision;
import io.culex.core.plugin.Gate;
import java.util.Objects;

/** Has a CONNECT without an Authentication Method decided. An answer of a gate that was replaced meanwhile is void. */
final class PlainLogin {
    private static final int MAX_ASKED = 10;

    private final Connection connection;
    private final Login login;
    private final GateWait wait;
    private int asked;

    PlainLogin(Connection connection, Login login) {
        this.connection = connection;
        this.login = login;
        this.wait = new GateWait(connection);
    }

    void begin() {
        if (connection.isOver() || connection.leaving().isEarly()) {
            return;
        }
        Gate gate = connection.doorway().scope().gate();
        long generation = connection.doorway().generation();
        if (wait.holds(gate, this::begin)) {
            return;
        }
        Admission.Known known = Admission.Known.now(generation, gate, login.username());
        if (connection.peer().identity() != null && gate.isOpen()) {
            // The listener has verified who it is; plugins are not asked for a password (SPEC A.4).
            decided(gate, known, new Decision(AuthAnswer.ALLOW, ""));
        } else if (++asked > MAX_ASKED) {
            login.refuse(login.packet().version(), ReasonCode.SERVER_BUSY);
        } else {
            gate.authenticate(login.request(), decision -> connection.loop().run(() -> decided(gate, known, decision)));
        }
    }

    /** Others may have changed meanwhile: that is nothing to this client. */
    private boolean isStill(Admission.Known known, Gate by) {
        return known.changes() == by.directoryChanges()
                || Objects.equals(known.entry(), Admission.Known.entryNow(by, login.username()));
    }

    @SuppressWarnings("ReferenceEquality") // a gate is another one even when it says the same
    private void decided(Gate by, Admission.Known known, Decision decision) {
        if (by != connection.doorway().scope().gate() || !isStill(known, by)) {
            // Another plugin decides now, or the entry that the password was held against may be another.
            begin();
        } else if (decision.isAllowed()) {
            connection.loop().counters().increment(Counter.AUTH_SUCCESS);
            login.accepted(login.username(), decision.by(), known);
        } else {
            connection.loop().counters().increment(decision.failed() ? Counter.AUTH_ERROR : Counter.AUTH_FAIL);
            refused(decision);
        }
    }

    private void refused(Decision decision) {
        ReasonCode reason = ReasonCode.NOT_AUTHORIZED;
        if (decision.answer() instanceof AuthAnswer.Deny deny) {
            reason = deny.reason();
            if (!deny.detail().isEmpty() && !connection.isOver()) {
                connection.journal().refused(decision.by(), deny.detail());
            }
        }
        login.refuse(login.packet().version(), reason);
    }
}
