// SPDX-License-Identifier: Apache-2.0
package io.culex.api.admin;

import io.culex.api.message.ReasonCode;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.osgi.annotation.versioning.ProviderType;

/** What an operator may see and do. A service of the broker; no method blocks unless it says so. */
@ProviderType
public interface BrokerAdmin {
    /** Every session, connected or not; gathered from the event loops, so not one instant. */
    CompletionStage<List<SessionInfo>> sessions();

    /**
     * Ends the connection of a client; its session stays, its will is published. Completes with whether it was connected.
     *
     * @param clientId the Client Identifier, without a mount point: where there are several, all of that name are meant
     * @param reason sent to an MQTT 5 client
     */
    CompletionStage<Boolean> disconnect(String clientId, ReasonCode reason);

    /**
     * Ends the connections of all clients that are meant, without publishing their wills; their sessions stay. Completes with how
     * many there were. Without an implementation of its own, clients are disconnected one by one, and wills are published.
     *
     * @param which asked for each connected client, on its event loop: must not block
     * @param reason sent to MQTT 5 clients
     */
    default CompletionStage<Integer> expel(Predicate<SessionInfo> which, ReasonCode reason) {
        return sessions().thenApply(all -> {
            List<SessionInfo> meant = all.stream()
                    .filter(session -> session.connected() && which.test(session))
                    .toList();
            meant.forEach(session -> disconnect(session.clientId(), reason));
            return meant.size();
        });
    }

    /**
     * The subscription tree, line by line, as SIGUSR2 prints it. Walks the tree on the caller's thread, which must not be an event
     * loop.
     *
     * @param lines called on that thread
     */
    void subscriptionTree(Consumer<String> lines);

    /** The topics seen since the start, bounded, the most recent last. */
    List<TopicSeen> topicsSeen();

    /**
     * Stops the broker cleanly: no new connections, DISCONNECT 0x8B, wills, then completes. Bounded at 10 seconds.
     */
    CompletionStage<Void> stop();
}
