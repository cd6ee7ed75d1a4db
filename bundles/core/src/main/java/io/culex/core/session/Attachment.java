// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import io.culex.api.auth.Subject;
import org.jspecify.annotations.Nullable;

/**
 * What a CONNECT says to the session.
 *
 * @param clean whether an old session is thrown away
 * @param subject whom permissions are asked for
 * @param standing as whom it acts
 * @param expirySeconds Session Expiry Interval
 * @param will what is published when the link ends without a goodbye, or null
 */
public record Attachment(
        boolean clean, Subject subject, Standing standing, long expirySeconds, @Nullable WillMessage will) {
    /** The listener of who came by none, in a database of Mosquitto. */
    private static final String NO_LISTENER = "0";

    /**
     * Whether it goes on with what another one of that standing has left: what one was given is nothing for another. A database
     * of Mosquitto does not say which of its sessions are a bridge's; theirs came by no listener.
     */
    boolean resumes(Standing before, Subject left) {
        boolean isImported = before == Standing.CLIENT && left.peer().listener().equals(NO_LISTENER);
        return !clean && (standing == before || (isImported && standing == Standing.BRIDGE));
    }
}
