// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

import io.culex.api.admin.PluginBundles;
import io.culex.shell.complete.PluginNames;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;

/** {@code mqtt:plugin-update}. */
@Service
@Command(
        scope = "mqtt",
        name = "plugin-update",
        description =
                "Exchanges a plugin's bundle in place; clients wait meanwhile. api, codec, transport, core, Netty and BouncyCastle"
                        + " change only with a restart")
public final class PluginUpdateCommand extends ChangeCommand {
    @Argument(index = 0, name = "plugin", description = "A plugin, or the name or number of a bundle", required = true)
    @Completion(PluginNames.class)
    private String plugin;

    @Argument(index = 1, name = "source", description = "Path or URL of the new jar; without it that of the old one")
    private @Nullable String source;

    @Reference
    private PluginBundles bundles;

    @Override
    String change() throws Exception {
        return bundles.update(plugin, source);
    }
}
