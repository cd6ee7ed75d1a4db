// SPDX-License-Identifier: Apache-2.0
package io.culex.api.local;

import io.culex.api.message.ReasonCode;
import org.osgi.annotation.versioning.ConsumerType;

/** Takes what is delivered to a {@link LocalSession}. Called on the session's event loop: must not block. */
@ConsumerType
public interface LocalReceiver {
    /** One message; never more than were asked for by {@link LocalSession#request}. */
    void deliver(Delivery delivery);

    /**
     * The session's link has ended. The last call.
     *
     * @param reason {@link ReasonCode#SUCCESS} when it was closed, else why: taken over by another, the broker stops, ...
     */
    default void closed(ReasonCode reason) {}
}
