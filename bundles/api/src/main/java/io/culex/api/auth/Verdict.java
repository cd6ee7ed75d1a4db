// SPDX-License-Identifier: Apache-2.0
package io.culex.api.auth;

/**
 * What an {@link Authorizer} says. The plugins of a listener are asked in the order in which it names them, until one allows or
 * denies. When none does, the access is denied if one has deferred; if all ignored it, it is allowed as it is without plugins.
 */
public enum Verdict {
    /** Allowed; later plugins are not asked. */
    ALLOW,
    /** Denied; later plugins are not asked. */
    DENY,
    /** Ask the next; denied unless one of those allows it. */
    DEFER,
    /** As if this plugin were not there: the client is none of its business. */
    IGNORE
}
