// SPDX-License-Identifier: Apache-2.0
package io.culex.process;

import io.culex.api.admin.BrokerAdmin;
import io.culex.api.admin.TopicSeen;
import java.io.PrintStream;
import java.util.List;

/** What SIGUSR2 prints: the tree of subscriptions as Mosquitto does, then the topics that messages came for. */
record TopicReport(BrokerAdmin admin) {
    void print(PrintStream out) {
        admin.subscriptionTree(out::println);
        List<TopicSeen> topics = admin.topicsSeen();
        out.println("Topics seen since the start: " + topics.size());
        for (TopicSeen topic : topics) {
            out.println("    " + visible(topic.topic()) + " (" + topic.count() + ", " + visible(topic.lastClientId())
                    + ", " + topic.last() + ")");
        }
    }

    /** Names come from clients: what would move the cursor of a terminal is shown as a question mark. */
    private static String visible(String name) {
        return name.replaceAll("\\p{Cc}", "?");
    }
}
