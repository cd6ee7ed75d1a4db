// SPDX-License-Identifier: Apache-2.0
package io.culex.api.control;

import io.culex.api.auth.Subject;
import io.culex.api.message.Message;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Serves one {@code $CONTROL/FEATURE/vN} topic: what a client that may write to it publishes there is a request, and goes nowhere
 * else. A service, one for each topic; with {@link io.culex.api.auth.PluginProperties#NAME} the topic is served only for clients of
 * listeners where that plugin decides.
 */
@ConsumerType
public interface ControlTopic {
    /** The exact topic, without wildcards. */
    String topic();

    /** Where the answer goes. */
    enum Audience {
        /** To the client that asked. */
        REQUESTER,
        /** To every subscriber of {@code topic/response}. */
        SUBSCRIBERS
    }

    /**
     * The body of an answer and where it goes. A request that names a Response Topic is answered there, to the client that asked,
     * with its Correlation Data.
     *
     * @param body the payload, JSON as a rule
     * @param audience who gets it when no Response Topic was named
     * @param afterwards run on an event loop when the answer is on its way; must not block
     */
    record Answer(String body, Audience audience, Runnable afterwards) {
        private static final Runnable NOTHING = () -> {};

        /** After which nothing is to be done. */
        public Answer(String body, Audience audience) {
            this(body, audience, NOTHING);
        }
    }

    /**
     * Carries out one request. Called on the admin thread, in order: it may block for a short time. Whatever is thrown, and a stage
     * that fails, is answered with an internal error and logged.
     *
     * @param requester the client, which has the permission to write there
     * @return may complete on any thread; no more is read from the client before it does, or {@code plugin_swap_timeout} is over
     */
    CompletionStage<Answer> request(Subject requester, Message request);
}
