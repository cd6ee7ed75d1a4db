// SPDX-License-Identifier: Apache-2.0
package io.culex.api.auth;

/** What a permission is asked for. */
public enum Access {
    /** To receive a message on a topic. */
    READ,
    /** To publish a message to a topic, or have a will published there. */
    WRITE,
    /** To subscribe to a Topic Filter. */
    SUBSCRIBE,
    /** To unsubscribe from a Topic Filter. */
    UNSUBSCRIBE
}
