// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

import io.culex.api.admin.BrokerAdmin;
import io.culex.api.admin.SessionInfo;
import io.culex.shell.print.Listing;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code mqtt:sessions}. */
@Service
@Command(scope = "mqtt", name = "sessions", description = "Lists the sessions, also those without a connection")
public final class SessionsCommand extends ListCommand {
    @Option(name = "--offline", description = "Only those without a connection")
    private boolean offline;

    @Reference
    private BrokerAdmin admin;

    @Override
    Listing listing() throws Exception {
        Listing listing =
                new Listing("id", "user", "connected", "since", "subscriptions", "inflight", "queued", "queued_bytes");
        for (SessionInfo session : Answers.of(admin.sessions())) {
            if (!offline || !session.connected()) {
                listing.row(
                        session.clientId(),
                        session.username(),
                        session.connected(),
                        session.since(),
                        session.subscriptions(),
                        session.inflight(),
                        session.queued(),
                        session.queuedBytes());
            }
        }
        return listing;
    }
}
