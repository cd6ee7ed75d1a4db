// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

import io.culex.api.admin.PluginBundles;
import io.culex.shell.complete.PluginNames;
import org.apache.karaf.features.FeaturesService;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;

/** {@code mqtt:plugin-remove}. */
@Service
@Command(scope = "mqtt", name = "plugin-remove", description = "Removes what plugin-install brought")
public final class PluginRemoveCommand extends ChangeCommand {
    @Argument(name = "plugin", description = "A feature, a plugin, or the name or number of a bundle", required = true)
    @Completion(PluginNames.class)
    private String plugin;

    @Reference
    private PluginBundles bundles;

    @Reference(optional = true)
    private @Nullable FeaturesService features;

    @Override
    String change() throws Exception {
        if (!Features.isOne(plugin)) {
            return bundles.remove(plugin);
        }
        Features.remove(features, plugin);
        return "Feature " + plugin + " was removed.";
    }
}
