// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

import io.culex.api.admin.RetainedMessages;
import io.culex.shell.complete.RetainedTopics;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code mqtt:retained-purge}. */
@Service
@Command(
        scope = "mqtt",
        name = "retained-purge",
        description = "Removes retained messages; subscribers hear an empty message")
public final class RetainedPurgeCommand extends ChangeCommand {
    @Argument(name = "topic-filter", description = "A Topic Filter", required = true)
    @Completion(RetainedTopics.class)
    private String topics;

    @Reference
    private RetainedMessages retained;

    @Override
    String change() throws Exception {
        return Answers.of(retained.purge(Filters.checked(topics))) + " retained messages of " + topics
                + " were removed.";
    }
}
