// SPDX-License-Identifier: Apache-2.0
package io.culex.api.auth;

import io.culex.api.message.Payload;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A CONNECT to be decided.
 *
 * @param clientId the Client Identifier, assigned already when the client sent none
 * @param username as sent; null for none
 * @param password the bytes as sent; null for none
 * @param protocolLevel 3 (MQTT 3.1), 4 (3.1.1) or 5
 * @param peer where the client comes from
 */
public record AuthRequest(
        String clientId, @Nullable String username, @Nullable Payload password, int protocolLevel, Peer peer) {
    public AuthRequest {
        Objects.requireNonNull(clientId, "clientId");
        Objects.requireNonNull(peer, "peer");
    }

    /** Never shows the password. */
    @Override
    public String toString() {
        return "AuthRequest[" + clientId + ", " + username + ", " + peer.addressText() + "]";
    }
}
