// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

import io.culex.api.local.LocalSessions;
import io.culex.api.message.QoS;
import io.culex.shell.complete.Topics;
import io.culex.shell.print.Spans;
import java.time.Duration;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;

/** {@code mqtt:subscribe}. */
@Service
@Command(scope = "mqtt", name = "subscribe", description = "Shows messages as they come, until Ctrl-C")
public final class SubscribeCommand extends ConsoleCommand {
    @Argument(name = "topic-filter", description = "Topic Filters", required = true, multiValued = true)
    @Completion(Topics.class)
    private List<String> filters;

    @Option(name = "-q", aliases = "--qos", description = "The highest QoS: 0, 1 or 2")
    private int qos;

    @Option(name = "--count", description = "Ends after so many messages")
    private int count;

    @Option(name = "--time", description = "Ends after a time such as 30s or 5m")
    private @Nullable String time;

    @Option(name = "--json", description = "Each message as JSON on a line")
    private boolean json;

    @Reference
    private LocalSessions sessions;

    @Override
    public @Nullable Object execute() throws Exception {
        Counts.check("--count", count);
        filters.forEach(Filters::checked);
        Duration limit = time == null ? null : Spans.parse(time);
        new SubscriptionTail(sessions, filters, QoS.of(qos), json).follow(out(), count, limit);
        return null;
    }
}
