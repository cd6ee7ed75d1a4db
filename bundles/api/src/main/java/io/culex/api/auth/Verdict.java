// SPDX-License-Identifier: Apache-2.0
package io.culex.api.auth;

/** What an {@link Authorizer} says; the rules of a chain are those of SPEC A.4 (end). */
public enum Verdict {
    /** Allowed; later plugins are not asked. */
    ALLOW,
    /** Denied; later plugins are not asked. */
    DENY,
    /** Ask the next; when all defer, denied. */
    DEFER,
    /** As if this plugin were not there; when all ignore, allowed as without plugins. */
    IGNORE
}
