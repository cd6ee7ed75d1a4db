// SPDX-License-Identifier: Apache-2.0
package io.culex.api.intercept;

import io.culex.api.auth.Subject;
import io.culex.api.message.ReasonCode;
import org.osgi.annotation.versioning.ConsumerType;

/** Is told what becomes of sessions. A service; called on event loops: must not block. Exceptions are counted and logged. */
@ConsumerType
public interface SessionObserver {
    /** A client has its CONNACK; whether it says that there was a session. */
    default void connected(Subject client, boolean sessionPresent) {}

    /**
     * A client's connection has ended.
     *
     * @param reason what the client said, or the broker to it; {@link ReasonCode#UNSPECIFIED_ERROR} when it was lost without a word
     */
    default void disconnected(Subject client, ReasonCode reason) {}

    /** A session has ended: it expired, or was replaced by a clean one. */
    default void ended(String clientId) {}
}
