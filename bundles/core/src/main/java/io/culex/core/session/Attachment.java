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
        boolean clean, Subject subject, Standing standing, long expirySeconds, @Nullable WillMessage will) {}
