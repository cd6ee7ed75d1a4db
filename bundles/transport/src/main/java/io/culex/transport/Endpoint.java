// SPDX-License-Identifier: Apache-2.0
package io.culex.transport;

import io.netty.channel.Channel;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Takes the connections of one protocol. A service (whiteboard); one per protocol name is used. While the endpoint of a
 * listener is missing, the listener does not accept.
 */
@ConsumerType
public interface Endpoint {
    /** The value of {@code protocol} in mosquitto.conf that it serves, for example {@code mqtt}. */
    String protocol();

    /**
     * Adds its handlers at the end of the channel's pipeline. Called once per connection on the channel's event loop, before
     * the channel is active and before any byte is read; the stages' handlers stand in front already, so a time limit that
     * starts here covers a TLS handshake, an HTTP upgrade and a PROXY header too. An exception closes the connection.
     * {@link ListenerClosed} comes later as a user event when the listener is removed.
     *
     * @param channel the new connection; reads are automatic until the endpoint turns that off
     * @param arrival the same as {@link Arrival#of}; what stages learn later is added to its peer
     */
    void attach(Channel channel, Arrival arrival);
}
