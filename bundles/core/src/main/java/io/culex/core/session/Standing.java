// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import io.culex.api.store.StoredSession;

/** As whom a session acts: only a client's permissions are asked for. */
public enum Standing {
    /** A client, or a local session of a user. */
    CLIENT(StoredSession.Kind.CLIENT),
    /** A bridge of this broker. */
    BRIDGE(StoredSession.Kind.BRIDGE),
    /** The broker itself. */
    SYSTEM(StoredSession.Kind.BROKER);

    private final StoredSession.Kind kept;

    Standing(StoredSession.Kind kept) {
        this.kept = kept;
    }

    /** The same as the store keeps it. */
    StoredSession.Kind kept() {
        return kept;
    }

    static Standing of(StoredSession.Kind kind) {
        return switch (kind) {
            case CLIENT -> CLIENT;
            case BRIDGE -> BRIDGE;
            case BROKER -> SYSTEM;
        };
    }
}
