// SPDX-License-Identifier: Apache-2.0
package io.culex.api.store;

import java.util.Objects;

/**
 * A will as it is kept.
 *
 * @param message what is published; its expiry is not set yet
 * @param expirySeconds its Message Expiry Interval; -1: does not expire
 * @param delaySeconds its Will Delay Interval
 * @param dueAtMillis since 1970, of a session whose connection has ended; 0: it is connected
 */
public record StoredWill(StoredMessage message, long expirySeconds, long delaySeconds, long dueAtMillis) {
    public StoredWill {
        Objects.requireNonNull(message, "message");
    }
}
