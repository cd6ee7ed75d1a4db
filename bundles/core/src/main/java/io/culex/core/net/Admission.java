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
    private long generation;
    private long changes;

    /**
     * What a gate's plugins knew of a user.
     *
     * @param generation that the gate is of
     * @param changes the number of {@link Gate#directoryChanges}, read before the entry
     */
    record Known(long generation, long changes, @Nullable String entry) {
        static Known now(long generation, Gate gate, @Nullable String username) {
            long changes = gate.directoryChanges();
            return new Known(generation, changes, entryNow(gate, username));
        }

        static @Nullable String entryNow(Gate gate, @Nullable String username) {
            return username == null ? null : gate.entry(username);
        }
    }

    /**
     * By the gate that holds now.
     *
     * @param request without a password
     * @param by the plugin that let the client in; empty: none
     * @param known read before the client's password was checked
     */
    Admission(Connection connection, AuthRequest request, String by, Known known) {
        this.connection = connection;
        this.request = request;
        this.by = by;
        this.entry = known.entry();
        // A reload in this instant has another number: whoever reviews then asks again.
        this.generation = known.generation();
        this.changes = known.changes();
    }

    /** Looks again, once for each change, as soon as its gate is open; ends the connection of who may not stay. */
    void lookAgain() {
        Gate gate = connection.doorway().scope().gate();
        long generationNow = connection.doorway().generation();
        long changesNow = gate.directoryChanges();
        boolean isLookedAt = generation == generationNow && changes == changesNow;
        if (isLookedAt
                || connection.isOver()
                || !gate.isOpen()
                || (request.peer().identity() != null && connection.doorway().namesAsBefore())) {
            return;
        }
        generation = generationNow;
        changes = changesNow;
        if (by.isEmpty()) {
            gate.authenticate(request, decision -> connection.loop().run(() -> decided(gate, decision)));
        } else if (entry == null ? !gate.names(by) : !entry.equals(Known.entryNow(gate, request.username()))) {
            refused();
        }
    }

    @SuppressWarnings("ReferenceEquality") // a gate is another one even when it says the same
    private void decided(Gate gate, Decision decision) {
        if (gate != connection.doorway().scope().gate()) {
            generation = 0;
            lookAgain();
        } else if (!decision.isAllowed()) {
            refused();
        }
    }

    private void refused() {
        connection.end(ReasonCode.NOT_AUTHORIZED, Goodbye.of(ReasonCode.NOT_AUTHORIZED));
    }
}
