// SPDX-License-Identifier: Apache-2.0
package io.culex.api.local;

import java.util.Objects;

/**
 * The kind of session to open.
 *
 * @param clientId names the session, like a Client Identifier
 * @param authority on whose authority it acts
 * @param cleanStart whether a kept session of that name is thrown away first
 * @param expirySeconds how long the session is kept after it is closed; 0: it ends then, 0xFFFFFFFF: for ever
 * @param receiveMaximum how many QoS 1 and 2 deliveries may be outstanding, 1 to 65535
 */
public record LocalSessionRequest(
        String clientId, Authority authority, boolean cleanStart, long expirySeconds, int receiveMaximum) {
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

    /** A session of the broker itself that ends when it is closed. */
    public static LocalSessionRequest system(String clientId) {
        return new LocalSessionRequest(clientId, Authority.SYSTEM, true, 0, 65_535);
    }
}
