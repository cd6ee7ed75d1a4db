// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

import io.culex.api.admin.PluginBundles;
import io.culex.shell.complete.CulexFeatures;
import org.apache.karaf.features.FeaturesService;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;

/** {@code mqtt:plugin-install}. */
@Service
@Command(
        scope = "mqtt",
        name = "plugin-install",
        description = "Installs a plugin: a feature of Culex by name, or a jar by path or URL")
public final class PluginInstallCommand extends ChangeCommand {
    @Argument(name = "source", description = "culex-... , or the path or URL of a bundle", required = true)
    @Completion(CulexFeatures.class)
    private String source;

    @Reference
    private PluginBundles bundles;

    @Reference(optional = true)
    private @Nullable FeaturesService features;

    @Override
    String change() throws Exception {
        if (!Features.isOne(source)) {
            return bundles.install(source);
        }
        Features.install(features, source);
        return "Feature " + source + " was installed.";
    }
}
