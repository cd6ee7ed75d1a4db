// SPDX-License-Identifier: Apache-2.0
package io.culex.api.local;

import io.culex.api.message.Message;
import io.culex.api.message.ReasonCode;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** An ordinary session whose link is not a socket. Every method may be called from any thread and does not block. */
@ProviderType
public interface LocalSession extends AutoCloseable {
    /** The Client Identifier. */
    String clientId();

    /** Whether a kept session was resumed. */
    boolean sessionPresent();

    /** Allows {@code credit} more deliveries; without credit messages wait in the session's queue. */
    void request(long credit);

    /** Subscribes; completes with the code that a SUBACK would have. */
    CompletionStage<ReasonCode> subscribe(String filter, SubscribeOptions options);

    /** Unsubscribes; completes with the code that an UNSUBACK would have. */
    CompletionStage<ReasonCode> unsubscribe(String filter);

    /** Publishes; completes with the code that a PUBACK would have, when what that promises is kept. */
    CompletionStage<ReasonCode> publish(Message message);

    /** Ends the link; the session stays as long as its expiry says. */
    @Override
    void close();
}
