// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import io.culex.api.auth.Peer;
import io.culex.api.message.ReasonCode;
import io.culex.core.route.Inbound;
import io.culex.core.route.Publication;

/** What connects a session to its client: a connection or a local receiver. On the session's loop only. */
public interface Link {
    /** As many bytes of messages of QoS 0 may wait for who does not take them; more only where the settings say so. */
    int MOST_QOS0_BYTES = 16 << 20;

    /** Whether it takes messages of QoS 1 and 2 now; when that becomes true again, it calls {@link Session#resume}. */
    boolean isReady();

    /** Sends a message that is being published at QoS 0; false when it was dropped because of a limit. */
    boolean send(Inbound message, boolean retain, int subscriptionIdentifier);

    /**
     * Sends a message; false when it was dropped because it is larger than the client takes [MQTT-3.1.2-25].
     *
     * @param packetId 0 at QoS 0
     */
    boolean send(Publication message, Outgoing how, int packetId, boolean dup);

    /** What is sent from now on goes out when everything that the loop has given to the store by now is kept. */
    void holdUntilKept();

    /** How many packets wait because the other end does not take them, a large one counted as several; 0 while it does. */
    int backlog();

    /** Sends PUBREL. */
    void release(int packetId);

    /** Ends the link; an MQTT 5 client is told the reason. The session has let go of it already. */
    void close(ReasonCode reason);

    /** The configuration or a gate has changed: a client that may not stay is closed. */
    default void lookAgain() {
        // Who is not a client of a listener stays.
    }

    /** 3, 4 or 5. */
    int protocolLevel();

    /** Where the client comes from. */
    Peer peer();
}
