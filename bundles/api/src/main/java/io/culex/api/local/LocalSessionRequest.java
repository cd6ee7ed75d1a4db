// SPDX-License-Identifier: Apache-2.0
package io.culex.api.local;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The kind of session to open.
 *
 * @param clientId names the session, like a Client Identifier
 * @param authority on whose authority it acts
 * @param cleanStart whether a kept session of that name is thrown away first
 * @param expirySeconds how long the session is kept after it is closed; 0: it ends then, 0xFFFFFFFF: for ever
 * @param receiveMaximum how many QoS 1 and 2 deliveries may be outstanding, 1 to 65535
 * @param queue its own limits, or null: the broker's
 */
public record LocalSessionRequest(
        String clientId,
        Authority authority,
        boolean cleanStart,
        long expirySeconds,
        int receiveMaximum,
        @Nullable QueueRules queue) {
    public LocalSessionRequest {
        Objects.requireNonNull(clientId, "clientId");
        Objects.requireNonNull(authority, "authority");
        if (expirySeconds < 0 || expirySeconds > 0xFFFF_FFFFL) {
            throw new IllegalArgumentException("session expiry out of range: " + expirySeconds);
        }
        if (receiveMaximum < 1 || receiveMaximum > 65_535) {
            throw new IllegalArgumentException("receive maximum out of range: " + receiveMaximum);
        }
    }

    /** With the broker's limits. */
    public LocalSessionRequest(
            String clientId, Authority authority, boolean cleanStart, long expirySeconds, int receiveMaximum) {
        this(clientId, authority, cleanStart, expirySeconds, receiveMaximum, null);
    }

    /** A session of the broker itself that ends when it is closed. */
    public static LocalSessionRequest system(String clientId) {
        return new LocalSessionRequest(clientId, Authority.SYSTEM, true, 0, 65_535);
    }
}
