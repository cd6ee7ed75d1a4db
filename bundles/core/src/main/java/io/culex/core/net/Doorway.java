// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import io.culex.api.config.BrokerSettings;
import io.culex.api.config.ListenerSettings;
import io.culex.core.plugin.Current;
import io.culex.core.plugin.Gate;
import io.culex.core.plugin.Scope;
import io.culex.core.plugin.Snapshot;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The listener of one connection as it stands now: settings and gate, looked up once per snapshot. On the loop. */
final class Doorway {
    private final Current current;
    private final ListenerSettings came;
    private final Input input;
    private final boolean namesUsers;
    private Snapshot snapshot;
    private Scope scope;
    private @Nullable Gate passed;

    /**
     * Of one that has come in.
     *
     * @param came the listener's settings at that moment
     */
    Doorway(Current current, ListenerSettings came, Input input) {
        this.current = current;
        this.came = came;
        this.namesUsers = Scope.namesUsers(came);
        this.input = input;
        this.snapshot = current.get();
        this.scope = snapshot.scope(came.name());
    }

    /**
     * Whether the listener demands something else of a connection now than when this one came: who has not logged in yet has not
     * been asked for it, say for a certificate, and must come again.
     */
    boolean isRebuilt() {
        ListenerSettings now = scope().listener();
        return !now.protocol().equals(came.protocol()) || !now.stages().equals(came.stages());
    }

    /** Whether it took the user's name from nowhere but a certificate or a key when this one came. */
    boolean namesUsers() {
        return namesUsers;
    }

    /** Whether the listener still takes the user's name from where it took it when this one came. */
    boolean namesAsBefore() {
        Map<String, String> now = scope().listener().stages();
        return Scope.NAMING.stream()
                .allMatch(
                        option -> Objects.equals(now.get(option), came.stages().get(option)));
    }

    @SuppressWarnings("ReferenceEquality") // a snapshot is another one even when it says the same
    Scope scope() {
        Snapshot now = current.get();
        if (snapshot != now) {
            snapshot = now;
            scope = now.scope(came.name());
            input.maxPacketBytes(now.broker().limits().maxPacketBytes());
        }
        return scope;
    }

    /** Of which generation is what {@link #scope} has given last; there may be a newer one. */
    long generation() {
        return snapshot.generation();
    }

    BrokerSettings broker() {
        scope();
        return snapshot.broker();
    }

    /** How long a login may take. */
    long connectTimeoutMillis() {
        return broker().sessions().connectTimeout().toMillis();
    }

    /** Whether the gate is open; it then decides about the packet that is read next, though it may shut meanwhile. */
    boolean pass() {
        Gate gate = scope().gate();
        passed = gate.isOpen() ? gate : null;
        return passed != null;
    }

    /** Nothing is being read: the gate is not needed any more, and a plugin behind it may go. */
    void leave() {
        passed = null;
    }

    /** Who decides about the packet that is being read: the gate that holds now, or the one that let it through when that is shut. */
    Gate gate() {
        Gate now = scope().gate();
        Gate before = passed;
        return now.isOpen() || before == null ? now : before;
    }
}
