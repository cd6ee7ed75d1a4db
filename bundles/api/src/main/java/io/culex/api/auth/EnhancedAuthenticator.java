// SPDX-License-Identifier: Apache-2.0
package io.culex.api.auth;

import io.culex.api.message.Payload;
import io.culex.api.message.ReasonCode;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One method of enhanced authentication [MQTT-4.12], for clients whose CONNECT names it; a service with
 * {@link PluginProperties#NAME}. Whatever it throws, null, and a stage that fails refuse the client.
 */
@ConsumerType
public interface EnhancedAuthenticator {
    /** One exchange, from CONNECT (or a re-authentication) to its end. Called in order, never two at a time. */
    @ConsumerType
    interface Exchange {
        /**
         * Takes the client's data and answers. Called on an event loop: must not block. A client that has no answer within
         * {@code connect_timeout} is disconnected.
         *
         * @param data the Authentication Data; null when the client sent none
         * @return may complete on any thread
         */
        CompletionStage<Step> next(@Nullable Payload data);
    }

    /** What comes next in an exchange. */
    sealed interface Step {
        /** Send AUTH 0x18 with this data and wait for the client's. */
        record Continue(Payload data) implements Step {}

        /**
         * The client is who it says.
         *
         * @param username replaces that of CONNECT; null keeps it
         * @param data the Authentication Data that goes with the success, or null
         */
        record Success(@Nullable String username, @Nullable Payload data) implements Step {}

        /**
         * Refused.
         *
         * @param reason what the client is told, a failure
         */
        record Failure(ReasonCode reason) implements Step {}
    }

    /** The Authentication Method that this service serves, for example {@code SCRAM-SHA-256}. */
    String method();

    /**
     * Begins an exchange for a client. Called on an event loop: must not block.
     *
     * @param request its CONNECT, whose user name nobody has verified; also when it authenticates again
     */
    Exchange begin(AuthRequest request);
}
