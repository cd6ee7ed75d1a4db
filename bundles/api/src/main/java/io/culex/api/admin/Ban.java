// SPDX-License-Identifier: Apache-2.0
package io.culex.api.admin;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Keeps clients out.
 *
 * @param kind what of a client is looked at
 * @param value the Client Identifier, the user name, or an address or block of addresses ({@code 192.0.2.0/24})
 * @param reason for the log and for people; empty without one
 * @param since when it began
 * @param until when it ends by itself, or null: not before the broker ends
 */
public record Ban(Kind kind, String value, String reason, Instant since, @Nullable Instant until) {
    /** What of a client is looked at. */
    public enum Kind {
        /** The Client Identifier. */
        ID,
        /** The user name. */
        USER,
        /** The address: the one that a trusted proxy names, else that of the socket. */
        ADDRESS
    }

    public Ban {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(since, "since");
        if (value.isEmpty()) {
            throw new IllegalArgumentException("empty value");
        }
    }
}
