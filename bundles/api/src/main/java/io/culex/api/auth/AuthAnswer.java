// SPDX-License-Identifier: Apache-2.0
package io.culex.api.auth;

import io.culex.api.message.ReasonCode;
import java.util.Objects;

/** What an {@link Authenticator} says; the rules of a chain are those of SPEC A.4 (end). */
public sealed interface AuthAnswer {
    /** Let in; later plugins are not asked. */
    record Allow() implements AuthAnswer {}

    /**
     * Refused; later plugins are not asked.
     *
     * @param reason what the client is told
     * @param detail why, for the log alone; empty when there is nothing to add. No passwords
     */
    record Deny(ReasonCode reason, String detail) implements AuthAnswer {
        public Deny {
            Objects.requireNonNull(detail, "detail");
            if (!reason.isFailure()) {
                throw new IllegalArgumentException("not a failure: " + reason);
            }
        }
    }

    /** Ask the next; when all defer, the client is refused. */
    record Defer() implements AuthAnswer {}

    /** As if this plugin were not there: when all ignore, {@code allow_anonymous} decides. */
    record Ignore() implements AuthAnswer {}

    /** Let in. */
    AuthAnswer ALLOW = new Allow();

    /** Refused as not authorized. */
    AuthAnswer DENY = new Deny(ReasonCode.NOT_AUTHORIZED, "");

    /** Ask the next. */
    AuthAnswer DEFER = new Defer();

    /** As if not there. */
    AuthAnswer IGNORE = new Ignore();
}
