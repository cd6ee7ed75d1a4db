// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

import io.culex.api.admin.RetainedMessages;
import io.culex.api.message.Message;
import io.culex.shell.complete.RetainedTopics;
import io.culex.shell.print.Bytes;
import io.culex.shell.print.Json;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;

/** {@code mqtt:retained-get}. */
@Service
@Command(scope = "mqtt", name = "retained-get", description = "Shows the retained message of a topic")
public final class RetainedGetCommand extends ConsoleCommand {
    @Argument(name = "topic", description = "Its topic", required = true)
    @Completion(RetainedTopics.class)
    private String topic;

    @Option(name = "--json", description = "As JSON")
    private boolean json;

    @Reference
    private RetainedMessages retained;

    @Override
    public @Nullable Object execute() {
        Message message = retained.get(Filters.topic(topic))
                .orElseThrow(() -> new IllegalArgumentException("nothing is retained for '" + topic + "'"));
        if (json) {
            out().println(Json.readable(MessageJson.of(message)));
        } else {
            out().println(Bytes.text(message.payload()));
        }
        return null;
    }
}
