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

    /** Whether the gate is open; it then decides about the packet that is read next, though it may be shut meanwhile. */
    boolean pass() {
        Gate gate = scope().gate();
        passed = gate.isOpen() ? gate : null;
        return passed != null;
    }

    /** The packet is read: the gate is not needed any more. */
    void leave() {
        passed = null;
    }

    /** The open gate that let the packet through which is being read; null: none. */
    @Nullable
    Gate passed() {
        return passed;
    }
}
