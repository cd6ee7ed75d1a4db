// SPDX-License-Identifier: Apache-2.0
package io.culex.api.store;

import org.jspecify.annotations.Nullable;

/**
 * A persistent session as it is kept.
 *
 * @param number its number in the store, unique for ever
 * @param key mount point and Client Identifier
 * @param username the verified user name, or null
 * @param expirySeconds Session Expiry Interval
 * @param expiresAtMillis since 1970, of a session without a connection; 0: does not expire, or is connected
 * @param will the will that waits for its delay, or null
 * @param willAtMillis when that will is due; 0 without one
 */
public record StoredSession(
        long number,
        String key,
        @Nullable String username,
        long expirySeconds,
        long expiresAtMillis,
        @Nullable StoredMessage will,
        long willAtMillis) {}
