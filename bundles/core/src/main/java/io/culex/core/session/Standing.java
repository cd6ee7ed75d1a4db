// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

/** As whom a session acts: only a client's permissions are asked for. */
public enum Standing {
    /** A client, or a local session of a user. */
    CLIENT,
    /** A bridge of this broker. */
    BRIDGE,
    /** The broker itself. */
    SYSTEM
}
