// SPDX-License-Identifier: Apache-2.0
package io.culex.api.auth;

import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What an {@link Authenticator} knows of its users: passwords are not kept, so after a reload this says whether a client that
 * is connected may stay. Offer it by the same service. Without one, clients that the plugin let in stay as long as the plugin
 * decides on their listener.
 */
@ConsumerType
public interface UserDirectory {
    /**
     * A text that differs whenever the user's entry does; null for an unknown user. Called on an event loop: it must neither
     * block nor wait. The broker compares it and keeps it as long as the client is connected, so it must not give away the
     * entry: a digest of it does.
     */
    @Nullable
    String fingerprint(String username);
}
