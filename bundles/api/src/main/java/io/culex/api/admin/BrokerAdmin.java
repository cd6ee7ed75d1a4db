// SPDX-License-Identifier: Apache-2.0
package io.culex.api.admin;

import io.culex.api.message.ReasonCode;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** What an operator may see and do. A service of the broker; no method blocks unless it says so. */
@ProviderType
public interface BrokerAdmin {
    /** Every session, connected or not; gathered from the event loops, so not one instant. */
    CompletionStage<List<SessionInfo>> sessions();

    /**
     * Ends the connection of a client; its session stays. Completes with whether it was connected.
     *
     * @param reason sent to an MQTT 5 client
     */
    CompletionStage<Boolean> disconnect(String clientId, ReasonCode reason);

    /** The subscription tree in the form of SPEC H.5, line by line. Walks the tree on the caller's thread. */
    void subscriptionTree(Consumer<String> lines);

    /** The topics seen since the start, bounded, the most recent last. */
    List<TopicSeen> topicsSeen();

    /**
     * Stops the broker cleanly: no new connections, DISCONNECT 0x8B, wills, then completes. Bounded at 10 seconds.
     */
    CompletionStage<Void> stop();
}
