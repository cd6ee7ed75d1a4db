// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

import io.culex.api.admin.BrokerAdmin;
import io.culex.api.admin.SessionInfo;
import io.culex.shell.print.Listing;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code mqtt:clients}. */
@Service
@Command(scope = "mqtt", name = "clients", description = "Lists the clients that are connected")
public final class ClientsCommand extends ListCommand {
    @Reference
    private BrokerAdmin admin;

    @Override
    Listing listing() throws Exception {
        Listing listing = new Listing(
                "id",
                "user",
                "address",
                "listener",
                "protocol",
                "since",
                "subscriptions",
                "inflight",
                "queued",
                "queued_bytes");
        for (SessionInfo client : Answers.of(admin.sessions())) {
            if (isThere(client)) {
                listing.row(
                        client.clientId(),
                        client.username(),
                        client.address(),
                        client.listener(),
                        ProtocolName.of(client.protocolLevel()),
                        client.since(),
                        client.subscriptions(),
                        client.inflight(),
                        client.queued(),
                        client.queuedBytes());
            }
        }
        return listing;
    }

    /** Sessions of the broker itself and of bridges come by no listener. */
    private static boolean isThere(SessionInfo client) {
        return client.connected()
                && client.listener() != null
                && !client.listener().isEmpty();
    }
}
