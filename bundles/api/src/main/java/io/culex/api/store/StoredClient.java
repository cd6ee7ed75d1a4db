// SPDX-License-Identifier: Apache-2.0
package io.culex.api.store;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A client as permissions are asked for it when it is away.
 *
 * @param clientId the Client Identifier
 * @param username the verified user name, or null
 * @param listener the name of the listener that it came through
 */
public record StoredClient(String clientId, @Nullable String username, String listener) {
    public StoredClient {
        Objects.requireNonNull(clientId, "clientId");
        Objects.requireNonNull(listener, "listener");
    }
}
