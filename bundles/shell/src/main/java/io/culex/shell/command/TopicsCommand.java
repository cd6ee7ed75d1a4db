// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

import io.culex.api.admin.BrokerAdmin;
import io.culex.api.admin.TopicSeen;
import io.culex.shell.print.Listing;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code mqtt:topics}. */
@Service
@Command(scope = "mqtt", name = "topics", description = "Lists the topics seen since the start, the most recent last")
public final class TopicsCommand extends ListCommand {
    @Reference
    private BrokerAdmin admin;

    @Override
    Listing listing() {
        Listing listing = new Listing("topic", "count", "last_client", "last");
        for (TopicSeen topic : admin.topicsSeen()) {
            listing.row(topic.topic(), topic.count(), topic.lastClientId(), topic.last());
        }
        return listing;
    }
}
