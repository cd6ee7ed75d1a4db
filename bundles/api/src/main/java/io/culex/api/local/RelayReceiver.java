// SPDX-License-Identifier: Apache-2.0
package io.culex.api.local;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A receiver that hands messages on to somebody outside of this JVM who outlives it, a bridge for example. So it takes part in
 * both halves of QoS 2: a message of QoS 2 is delivered when it is kept under which Packet Identifier it goes out, and comes
 * again under the same one, marked as a duplicate, until the other end has answered. Called on the session's event loop: must
 * not block.
 */
@ConsumerType
public interface RelayReceiver extends LocalReceiver {
    /**
     * Whether it takes messages of QoS 1 and 2 now; false before it knows its session. When that becomes true again, it calls
     * {@link LocalSession#request}, with any credit: that does not count here.
     */
    boolean isReady();

    /** How many packets wait because the other end does not take them; publishers are held when it does not keep up. */
    int backlog();

    /** The other end may be told to release a message (PUBREL): {@link RelaySession#received} is kept. */
    void release(int packetId);
}
