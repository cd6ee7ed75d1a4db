// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import io.culex.api.auth.AuthRequest;
import io.culex.api.message.ReasonCode;
import io.culex.core.plugin.Decision;
import io.culex.core.plugin.Gate;
import org.jspecify.annotations.Nullable;

/**
 * How a client was let in, and after a reload whether it would be again (SPEC A.3): passwords are not kept, so who is in a
 * password file stays while the entry is the same, and who came in unchecked is asked for again. On the connection's loop.
 */
final class Admission {
    private final Connection connection;
    private final AuthRequest request;
    private final String by;
    private final @Nullable String entry;
    private long checkedFor;

    /**
     * Now, by the gate that has decided.
     *
     * @param request without a password
     * @param by the plugin that let the client in; empty: none
     */
    Admission(Connection connection, AuthRequest request, String by) {
        this.connection = connection;
        this.request = request;
        this.by = by;
        this.entry = by.isEmpty() ? null : entry(connection.scope().gate());
        this.checkedFor = generation();
    }

    private @Nullable String entry(Gate gate) {
        String username = request.username();
        return username == null ? null : gate.entry(username);
    }

    private long generation() {
        return connection.services().current().get().generation();
    }

    /** Looks again, once per generation, as soon as its gate is open; ends the connection of who may not stay. */
    void lookAgain() {
        Gate gate = connection.scope().gate();
        long now = generation();
        if (connection.isOver()
                || checkedFor == now
                || !gate.isOpen()
                || request.peer().identity() != null) {
            return;
        }
        checkedFor = now;
        if (by.isEmpty()) {
            gate.authenticate(request, decision -> connection.loop().run(() -> decided(gate, decision)));
        } else if (entry == null ? !gate.names(by) : !entry.equals(entry(gate))) {
            refused();
        }
    }

    @SuppressWarnings("ReferenceEquality") // a gate is another one even when it says the same
    private void decided(Gate gate, Decision decision) {
        if (gate != connection.scope().gate()) {
            checkedFor = 0;
            lookAgain();
        } else if (!decision.isAllowed()) {
            refused();
        }
    }

    private void refused() {
        connection.end(ReasonCode.NOT_AUTHORIZED, Goodbye.of(ReasonCode.NOT_AUTHORIZED));
    }
}
