// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

import io.culex.api.admin.Ban;
import io.culex.api.admin.Bans;
import io.culex.shell.complete.ClientIds;
import io.culex.shell.print.Spans;
import java.time.Duration;
import java.time.Instant;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;

/** {@code mqtt:ban}. */
@Service
@Command(scope = "mqtt", name = "ban", description = "Keeps clients out, and disconnects those that are in")
public final class BanCommand extends ChangeCommand {
    @Argument(
            name = "value",
            description = "A Client Identifier; user, address or block with the options",
            required = true)
    @Completion(ClientIds.class)
    private String value;

    @Option(name = "--user", description = "The value is a user name")
    private boolean user;

    @Option(name = "--address", description = "The value is an address, or a block such as 192.0.2.0/24")
    private boolean address;

    @Option(name = "--for", description = "How long, such as 10m or 2d; without it until the broker ends")
    private @Nullable String time;

    @Option(name = "--reason", description = "For the log and for the list of bans")
    private String reason = "";

    @Reference
    private Bans bans;

    @Override
    String change() throws Exception {
        Ban.Kind kind = BanKinds.of(user, address);
        Duration span = time == null ? null : Spans.parse(time);
        Instant now = Instant.now();
        int closed = Answers.of(bans.add(new Ban(kind, value, reason, now, span == null ? null : now.plus(span))));
        return BanKinds.text(kind, value) + " is banned "
                + (span == null ? "until the broker ends" : "for " + Spans.text(span))
                + (reason.isEmpty() ? "" : " (" + reason + ")") + "; " + closed + " connections were closed.";
    }
}
