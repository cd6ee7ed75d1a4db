// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

import io.culex.api.admin.SessionInspection;
import io.culex.api.message.TopicFilter;
import io.culex.shell.print.Listing;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;

/** {@code mqtt:subscriptions}. */
@Service
@Command(scope = "mqtt", name = "subscriptions", description = "Lists the subscriptions")
public final class SubscriptionsCommand extends ListCommand {
    @Option(name = "--matching", description = "Only those that would get a message on this topic")
    private @Nullable String topic;

    @Reference
    private SessionInspection inspection;

    @Override
    Listing listing() {
        String wanted = topic == null ? null : Filters.topic(topic);
        Listing listing = new Listing("filter", "client", "qos", "no_local", "retain_as_published", "identifier");
        inspection.subscriptions(one -> {
            if (wanted == null || TopicFilter.matches(TopicFilter.inner(one.filter()), wanted)) {
                listing.row(
                        one.filter(),
                        one.clientId(),
                        one.qos(),
                        one.noLocal(),
                        one.retainAsPublished(),
                        one.identifier());
            }
        });
        return listing;
    }
}
