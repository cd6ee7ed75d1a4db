// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.jmx;

import java.util.List;

/** What an operator may see of the broker and do to it. Every method waits for the event loops, bounded. */
public interface BrokerMXBean {
    /** Every session, connected or not. */
    List<SessionRow> getSessions();

    /** The topics seen since the start, bounded, the most recent last. */
    List<TopicRow> getTopicsSeen();

    /** The subscriptions, line by line. */
    List<String> getSubscriptionTree();

    /** Ends the connection of a client; its session stays. Whether it was connected. */
    boolean disconnect(String clientId);
}
