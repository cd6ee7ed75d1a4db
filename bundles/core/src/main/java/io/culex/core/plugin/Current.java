// SPDX-License-Identifier: Apache-2.0
package io.culex.core.plugin;

import io.culex.api.config.BrokerSettings;

/** Where the snapshot that holds now is read: once per packet. Any thread. */
public final class Current {
    private volatile Snapshot snapshot = Snapshot.NONE;

    /** What holds now. */
    public Snapshot get() {
        return snapshot;
    }

    /** The settings of the whole broker now. */
    public BrokerSettings broker() {
        return snapshot.broker();
    }

    void set(Snapshot next) {
        snapshot = next;
    }
}
