// SPDX-License-Identifier: Apache-2.0
package io.culex.api.store;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A persistent session as it is kept.
 *
 * @param number its number in the store, unique for ever, at least 1
 * @param mountPoint prefix of its topics; empty without one
 * @param client whose it is
 * @param protocolLevel of its last connection: 3, 4 or 5
 * @param expirySeconds Session Expiry Interval
 * @param endsAtMillis since 1970, of a session without a connection; 0: does not end, or is connected
 * @param will what is published unless the client says goodbye or comes back in time, or null
 * @param kind as whom it acts
 */
public record StoredSession(
        long number,
        String mountPoint,
        StoredClient client,
        int protocolLevel,
        long expirySeconds,
        long endsAtMillis,
        @Nullable StoredWill will,
        Kind kind) {
    /** As whom a session acts. */
    public enum Kind {
        /** A client, or a local session of a user. */
        CLIENT,
        /** A bridge of this broker. */
        BRIDGE,
        /** The broker itself. */
        BROKER
    }

    public StoredSession {
        Objects.requireNonNull(mountPoint, "mountPoint");
        Objects.requireNonNull(client, "client");
        Objects.requireNonNull(kind, "kind");
    }

    /** The session of a client. */
    public StoredSession(
            long number,
            String mountPoint,
            StoredClient client,
            int protocolLevel,
            long expirySeconds,
            long endsAtMillis,
            @Nullable StoredWill will) {
        this(number, mountPoint, client, protocolLevel, expirySeconds, endsAtMillis, will, Kind.CLIENT);
    }
}
