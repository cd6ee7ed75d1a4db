// SPDX-License-Identifier: Apache-2.0
package io.culex.api.auth;

import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Whether users that were let in are still who they were. A service with {@link PluginProperties#NAME}, offered by an
 * {@link Authenticator} that keeps its users itself, so that connected clients can be checked again after a reload: passwords
 * are not kept, but a client stays when the entry of its user is byte for byte what it was.
 *
 * <p>To be sure that a fingerprint belongs to the entry that let a client in, take it before {@link Authenticator#authenticate}
 * is called: when it is the same afterwards, it is that entry's.
 */
@ConsumerType
public interface UserDirectory {
    /**
     * What stands for the entry of a user; equal for equal entries, also of another instance of the plugin, and says nothing
     * about the password. Any thread; does not block.
     *
     * @return null when there is no such user
     */
    @Nullable
    String fingerprint(String username);

    /** A number that differs whenever fingerprints may differ; read often, so a volatile field. */
    long changes();
}
