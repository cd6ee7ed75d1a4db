// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

import io.culex.api.admin.ListenerInfo;
import io.culex.api.admin.ListenerInspection;
import io.culex.shell.print.Listing;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code mqtt:listeners}. */
@Service
@Command(scope = "mqtt", name = "listeners", description = "Lists the open listeners")
public final class ListenersCommand extends ListCommand {
    @Reference
    private ListenerInspection inspection;

    @Override
    Listing listing() {
        Listing listing = new Listing(
                "name",
                "protocol",
                "addresses",
                "gate",
                "connections",
                "max_connections",
                "tls",
                "anonymous",
                "plugins");
        for (ListenerInfo listener : inspection.listeners()) {
            listing.row(
                    listener.name(),
                    listener.protocol(),
                    listener.addresses(),
                    listener.gate(),
                    listener.connections(),
                    listener.maxConnections() < 0 ? null : listener.maxConnections(),
                    listener.tls(),
                    listener.anonymous(),
                    listener.plugins());
        }
        return listing;
    }
}
