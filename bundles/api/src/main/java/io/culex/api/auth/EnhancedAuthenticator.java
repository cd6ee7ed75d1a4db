// SPDX-License-Identifier: Apache-2.0
package io.culex.api.auth;

import io.culex.api.message.Payload;
import io.culex.api.message.ReasonCode;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/** One method of enhanced authentication [MQTT-4.12]; a service with {@link PluginProperties#NAME}. */
@ConsumerType
public interface EnhancedAuthenticator {
    /** One exchange, from CONNECT (or a re-authentication) to its end. Called in order, never two at a time. */
    @ConsumerType
    interface Exchange {
        /**
         * Takes the client's data and answers. Called on an event loop: must not block.
         *
         * @param data the Authentication Data; null when the client sent none
         */
        CompletionStage<Step> next(@Nullable Payload data);
    }

    /** What comes next in an exchange. */
    sealed interface Step {
        /** Send AUTH 0x18 with this data and wait for the client's. */
        record Continue(Payload data) implements Step {}

        /** The client is who it says. {@code username} replaces the CONNECT's; null keeps it. */
        record Success(@Nullable String username, @Nullable Payload data) implements Step {}

        /** Refused. */
        record Failure(ReasonCode reason) implements Step {}
    }

    /** The Authentication Method that this service serves, for example {@code SCRAM-SHA-256}. */
    String method();

    /** Begins an exchange for a client. */
    Exchange begin(AuthRequest request);
}
