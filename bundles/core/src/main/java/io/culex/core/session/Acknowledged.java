// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

/** What an acknowledgement of the client did. */
public enum Acknowledged {
    /** It was for a message in flight. */
    DONE,
    /** Its identifier is not in use. */
    UNKNOWN,
    /** It does not go with the QoS of its message. */
    WRONG_QOS
}
