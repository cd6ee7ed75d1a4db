// SPDX-License-Identifier: Apache-2.0
package io.culex.api.local;

import io.culex.api.message.Message;
import java.util.List;

/** One message delivered to a local session. */
public interface Delivery {
    /** The message, at the level of this delivery. */
    Message message();

    /** Whether it was delivered before without {@link #done()}. */
    boolean duplicate();

    /** Its Packet Identifier, which it keeps until it is done; 0 at QoS 0. */
    int packetId();

    /** The Subscription Identifiers of the subscription that it came by; often empty. */
    List<Integer> subscriptionIdentifiers();

    /** Acknowledges it: frees its place in the window. Any thread, once; nothing to do at QoS 0. */
    void done();
}
