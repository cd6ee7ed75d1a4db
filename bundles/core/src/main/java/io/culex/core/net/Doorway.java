// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import io.culex.api.config.BrokerSettings;
import io.culex.core.plugin.Current;
import io.culex.core.plugin.Gate;
import io.culex.core.plugin.Scope;
import io.culex.core.plugin.Snapshot;
import org.jspecify.annotations.Nullable;

/** The listener of one connection as it stands now: settings and gate, looked up once per snapshot. On the loop. */
final class Doorway {
    private final Current current;
    private final String listener;
    private final Input input;
    private Snapshot snapshot;
    private Scope scope;
    private @Nullable Gate passed;

    Doorway(Current current, String listener, Input input) {
        this.current = current;
        this.listener = listener;
        this.input = input;
        this.snapshot = current.get();
        this.scope = snapshot.scope(listener);
    }

    @SuppressWarnings("ReferenceEquality") // a snapshot is another one even when it says the same
    Scope scope() {
        Snapshot now = current.get();
        if (snapshot != now) {
            snapshot = now;
            scope = now.scope(listener);
            input.maxPacketBytes(now.broker().limits().maxPacketBytes());
        }
        return scope;
    }

    BrokerSettings broker() {
        scope();
        return snapshot.broker();
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
