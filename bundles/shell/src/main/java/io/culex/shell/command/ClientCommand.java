// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

import io.culex.api.admin.SessionDetail;
import io.culex.api.admin.SessionInspection;
import io.culex.shell.complete.ClientIds;
import io.culex.shell.print.Facts;
import io.culex.shell.print.Json;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;

/** {@code mqtt:client}. */
@Service
@Command(scope = "mqtt", name = "client", description = "Shows one client, connected or not")
public final class ClientCommand extends ConsoleCommand {
    @Argument(name = "id", description = "Its Client Identifier", required = true)
    @Completion(ClientIds.class)
    private String id;

    @Option(name = "--json", description = "As JSON")
    private boolean json;

    @Reference
    private SessionInspection inspection;

    @Override
    public @Nullable Object execute() throws Exception {
        List<SessionDetail> found = Answers.of(inspection.find(id));
        if (found.isEmpty()) {
            throw new IllegalArgumentException("there is no client '" + id + "'");
        }
        for (SessionDetail detail : found) {
            Facts facts = SessionFacts.of(detail);
            if (json) {
                out().println(Json.readable(facts.toJson()));
            } else {
                facts.print(out());
            }
        }
        return null;
    }
}
