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

    /** The body of an answer and where it goes. */
    record Answer(String body, Audience audience) {}

    /** Carries out one request. Called on the admin thread, in order: it may block for a short time. */
    CompletionStage<Answer> request(Subject requester, Message request);
}
