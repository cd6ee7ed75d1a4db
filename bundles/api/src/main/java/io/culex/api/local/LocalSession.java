// SPDX-License-Identifier: Apache-2.0
package io.culex.api.local;

import io.culex.api.message.Message;
import io.culex.api.message.ReasonCode;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.annotation.versioning.ProviderType;

/**
 * An ordinary session whose link is not a socket. Every method may be called from any thread and does not block; stages complete at
 * once or on an event loop. After the link has ended, {@link ReasonCode#UNSPECIFIED_ERROR} is the answer to everything.
 */
@ProviderType
public interface LocalSession extends AutoCloseable {
    /** The Client Identifier. */
    String clientId();

    /** Whether a kept session was resumed: never a client's by the broker itself or a bridge, nor the other way round. */
    boolean sessionPresent();

    /**
     * Allows more deliveries; without credit, as at the beginning, messages wait in the session's queue.
     *
     * @param credit how many more, at least 1
     */
    void request(long credit);

    /**
     * Subscribes; completes with the code that a SUBACK would have: the QoS that was granted, or a failure such as
     * {@link ReasonCode#TOPIC_FILTER_INVALID} or {@link ReasonCode#NOT_AUTHORIZED}.
     *
     * @param filter a Topic Filter, {@code $share/NAME/} forms included
     */
    CompletionStage<ReasonCode> subscribe(String filter, SubscribeOptions options);

    /** The subscriptions, by Topic Filter as {@link #subscribe} was given it: those of a session that was resumed, too. */
    CompletionStage<Map<String, SubscribeOptions>> subscriptions();

    /** Unsubscribes; completes with the code that an UNSUBACK would have. */
    CompletionStage<ReasonCode> unsubscribe(String filter);

    /**
     * Unsubscribes from every Topic Filter but these: from what a session that was resumed has and its owner does not want any more.
     * Completes with the filters that it may not give up and the code of each; usually none.
     *
     * @param filters as {@link #subscribe} was given them
     */
    default CompletionStage<Map<String, ReasonCode>> unsubscribeOthers(Collection<String> filters) {
        if (!sessionPresent()) {
            return CompletableFuture.completedFuture(Map.of());
        }
        Map<String, ReasonCode> refused = new ConcurrentHashMap<>();
        return subscriptions()
                .thenCompose(found -> CompletableFuture.allOf(found.keySet().stream()
                        .filter(filter -> !filters.contains(filter))
                        .map(filter -> unsubscribe(filter)
                                .thenAccept(code -> {
                                    if (code.isFailure()) {
                                        refused.put(filter, code);
                                    }
                                })
                                .toCompletableFuture())
                        .toArray(CompletableFuture[]::new)))
                .thenApply(done -> refused);
    }

    /**
     * Publishes; completes with the code that a PUBACK would have, when what that promises is kept: a success, with or without a
     * receiver, {@link ReasonCode#NOT_AUTHORIZED}, or {@link ReasonCode#QUOTA_EXCEEDED} when the store has no room.
     */
    CompletionStage<ReasonCode> publish(Message message);

    /** Ends the link; the session stays as long as its expiry says. */
    @Override
    void close();
}
