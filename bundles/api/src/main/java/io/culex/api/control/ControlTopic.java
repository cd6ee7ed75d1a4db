// SPDX-License-Identifier: Apache-2.0
package io.culex.api.control;

import io.culex.api.auth.Subject;
import io.culex.api.message.Message;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/** Serves one {@code $CONTROL/FEATURE/vN} topic (SPEC D.1). A service; one per topic. */
@ConsumerType
public interface ControlTopic {
    /** The exact topic, without wildcards. */
    String topic();

    /** Where the answer goes. */
    enum Audience {
        /** To the client that asked. */
        REQUESTER,
        /** To every subscriber of the response topic. */
        SUBSCRIBERS
    }

    /**
     * The body of an answer and where it goes. A request that names a Response Topic is answered there, to the client that asked,
     * with its Correlation Data.
     *
     * @param afterwards run on an event loop when the answer is on its way; must not block
     */
    record Answer(String body, Audience audience, Runnable afterwards) {
        private static final Runnable NOTHING = () -> {};

        /** After which nothing is to be done. */
        public Answer(String body, Audience audience) {
            this(body, audience, NOTHING);
        }
    }

    /** Carries out one request. Called on the admin thread, in order: it may block for a short time. */
    CompletionStage<Answer> request(Subject requester, Message request);
}
