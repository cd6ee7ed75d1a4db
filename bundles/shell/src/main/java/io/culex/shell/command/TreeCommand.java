// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

import io.culex.api.admin.BrokerAdmin;
import io.culex.shell.print.Visible;
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
        admin.subscriptionTree(line -> out().println(Visible.of(line)));
        return null;
    }
}
