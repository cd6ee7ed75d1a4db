// SPDX-License-Identifier: Apache-2.0
package io.culex.transport;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The open listeners all together. A service. Every method may be called on any thread but an event loop. */
@ProviderType
public interface Doors {
    /** The listeners of the committed generation, in its order. */
    List<Listener> listeners();

    /** Stops accepting and closes the listening sockets for good; connections stay. The first step of a clean stop. */
    void closeAll();

    /**
     * Sends away whoever is still connected, as {@link ListenerClosed} says: also who has not logged in and would wait for ever. The
     * last step of a clean stop.
     */
    void sendAway();

    /** How many accepted connections are open. */
    int openConnections();

    /** How many connections were accepted since start, those that were refused because of a limit included. */
    long acceptedConnections();

    /** How many of them were refused because of {@code max_connections} or {@code global_max_connections}. */
    long refusedConnections();
}
