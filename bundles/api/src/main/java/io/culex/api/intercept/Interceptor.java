// SPDX-License-Identifier: Apache-2.0
package io.culex.api.intercept;

import io.culex.api.auth.Subject;
import io.culex.api.message.Message;
import io.culex.api.message.ReasonCode;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Sees messages after the permission to publish and before routing. A service with
 * {@link io.culex.api.auth.PluginProperties#NAME}.
 */
@ConsumerType
public interface Interceptor {
    /** What becomes of a message. */
    sealed interface Outcome {
        /** Goes on as it is. */
        record Pass() implements Outcome {}

        /** Goes on as this one. */
        record Replace(Message message) implements Outcome {}

        /** Goes no further; QoS 1 and 2 are acknowledged with the code. */
        record Drop(ReasonCode reason) implements Outcome {}

        /** Goes on as it is. */
        Outcome PASS = new Pass();
    }

    /** Decides about one message. Called on an event loop: must not block. An exception drops the message. */
    Outcome publish(Subject sender, Message message);
}
