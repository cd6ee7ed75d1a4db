// SPDX-License-Identifier: Apache-2.0
package io.culex.api.auth;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whom a permission is asked for.
 *
 * @param clientId the Client Identifier
 * @param username the verified user name; null for an anonymous client
 * @param peer where the client comes from
 */
public record Subject(String clientId, @Nullable String username, Peer peer) {
    public Subject {
        Objects.requireNonNull(clientId, "clientId");
        Objects.requireNonNull(peer, "peer");
    }
}
