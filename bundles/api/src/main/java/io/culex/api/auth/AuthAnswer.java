// SPDX-License-Identifier: Apache-2.0
package io.culex.api.auth;

import io.culex.api.message.ReasonCode;
import java.util.Objects;

/**
 * What an {@link Authenticator} says. The plugins of a listener are asked in the order in which it names them, until one allows or
 * denies. When none does, the client is refused if one has deferred; if all ignored it, {@code allow_anonymous} decides.
 */
public sealed interface AuthAnswer {
    /** Let in; later plugins are not asked. */
    record Allow() implements AuthAnswer {}

    /**
     * Refused; later plugins are not asked.
     *
     * @param reason what the client is told, a failure; MQTT 3 clients get the return code that comes nearest
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

    /** Ask the next; the client is refused unless one of those allows it. */
    record Defer() implements AuthAnswer {}

    /** As if this plugin were not there: the client is none of its business. */
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
