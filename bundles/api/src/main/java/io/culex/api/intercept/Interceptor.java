// SPDX-License-Identifier: Apache-2.0
package io.culex.api.intercept;

import io.culex.api.auth.Subject;
import io.culex.api.message.Message;
import io.culex.api.message.ReasonCode;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Sees messages of clients after the permission to publish and before routing. A service with
 * {@link io.culex.api.auth.PluginProperties#NAME}, for the clients of listeners that name that plugin; of several, each sees what the
 * one before has made of a message.
 */
@ConsumerType
public interface Interceptor {
    /** What becomes of a message. */
    sealed interface Outcome {
        /** Goes on as it is. */
        record Pass() implements Outcome {}

        /** Goes on as this one; nobody asks for the permission to publish again, also when its topic is another. */
        record Replace(Message message) implements Outcome {}

        /**
         * Goes no further.
         *
         * @param reason what QoS 1 and 2 are acknowledged with; a success looks to the client as if the message had gone on
         */
        record Drop(ReasonCode reason) implements Outcome {}

        /** Goes on as it is. */
        Outcome PASS = new Pass();
    }

    /**
     * Decides about one message. Called on event loops, several at a time, for every message: must not block. Whatever is thrown, and
     * null, drops the message with 0x83.
     *
     * @param message its topic without the mount point
     */
    Outcome publish(Subject sender, Message message);
}
