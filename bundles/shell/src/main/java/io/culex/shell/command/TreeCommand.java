// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

import io.culex.api.admin.BrokerAdmin;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;

/** {@code mqtt:tree}: what SIGUSR2 prints first. */
@Service
@Command(scope = "mqtt", name = "tree", description = "Shows the subscriptions as a tree, as SIGUSR2 prints them")
public final class TreeCommand extends ConsoleCommand {
    @Reference
    private BrokerAdmin admin;

    @Override
    public @Nullable Object execute() {
        // Names come from clients: what would move the cursor of a terminal is not shown.
        admin.subscriptionTree(line -> out().println(line.replaceAll("\\p{Cntrl}", "?")));
        return null;
    }
}
