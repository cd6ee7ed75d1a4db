// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

import io.culex.api.admin.TraceRequest;
import io.culex.api.admin.Tracing;
import io.culex.api.log.BrokerLog;
import io.culex.shell.Audit;
import io.culex.shell.complete.ClientIds;
import io.culex.shell.print.Spans;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;

/** {@code mqtt:trace}. */
@Service
@Command(
        scope = "mqtt",
        name = "trace",
        description = "Shows the packets of a client, or those on some topics, for a time")
public final class TraceCommand extends ConsoleCommand {
    private static final int PAYLOAD_BYTES = 4_096;

    @Argument(name = "id", description = "A Client Identifier; every client when only --topic is given")
    @Completion(ClientIds.class)
    private @Nullable String id;

    @Option(name = "--topic", description = "Only PUBLISH packets whose topic matches this Topic Filter")
    private @Nullable String filter;

    @Option(name = "--time", description = "How long, such as 30s or 5m")
    private String time = "60s";

    @Option(name = "--count", description = "Ends after so many lines")
    private int count;

    @Option(name = "--payload", description = "With what is in the messages, as far as 4096 bytes")
    private boolean payload;

    @Reference
    private Tracing tracing;

    @Reference
    private BrokerLog log;

    @Override
    public @Nullable Object execute() throws Exception {
        Counts.check("--count", count);
        if (id == null && filter == null) {
            throw new IllegalArgumentException("a client must be named, or topics with --topic");
        }
        String topics = filter == null ? null : Filters.checked(filter);
        TraceRequest request = new TraceRequest(id, topics, payload ? PAYLOAD_BYTES : 0, Spans.parse(time));
        new TraceTail(tracing, request, new Audit(log, user(), "mqtt:trace")).follow(out(), count);
        return null;
    }
}
