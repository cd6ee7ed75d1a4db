// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

import io.culex.api.admin.PluginBundles;
import io.culex.shell.complete.PluginNames;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code mqtt:plugin-swap}. */
@Service
@Command(
        scope = "mqtt",
        name = "plugin-swap",
        description =
                "Exchanges a plugin without a moment in which it is missing: the new one is ready before the old one goes")
public final class PluginSwapCommand extends ChangeCommand {
    @Argument(index = 0, name = "plugin", description = "A plugin, or the name or number of a bundle", required = true)
    @Completion(PluginNames.class)
    private String plugin;

    @Argument(index = 1, name = "source", description = "Path or URL of the new jar", required = true)
    private String source;

    @Reference
    private PluginBundles bundles;

    @Override
    String change() throws Exception {
        return bundles.swap(plugin, source);
    }
}
