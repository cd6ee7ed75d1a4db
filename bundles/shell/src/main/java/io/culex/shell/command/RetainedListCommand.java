// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

import io.culex.api.admin.RetainedMessages;
import io.culex.shell.complete.RetainedTopics;
import io.culex.shell.print.Listing;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code mqtt:retained-list}. */
@Service
@Command(scope = "mqtt", name = "retained-list", description = "Lists retained messages")
public final class RetainedListCommand extends ListCommand {
    @Argument(name = "topic-filter", description = "A Topic Filter; without one all but those of the broker itself")
    @Completion(RetainedTopics.class)
    private String topics = "#";

    @Reference
    private RetainedMessages retained;

    @Override
    Listing listing() {
        Listing listing = new Listing("topic", "bytes", "qos", "publisher", "expires");
        retained.list(
                Filters.checked(topics),
                one -> listing.row(one.topic(), one.bytes(), one.qos(), one.publisher(), one.expires()));
        return listing;
    }
}
