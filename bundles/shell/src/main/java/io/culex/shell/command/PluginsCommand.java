// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

import io.culex.api.admin.PluginInfo;
import io.culex.api.admin.PluginInspection;
import io.culex.shell.print.Listing;
import java.util.Locale;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** {@code mqtt:plugins}. */
@Service
@Command(scope = "mqtt", name = "plugins", description = "Lists the plugins that are there, and those that are missing")
public final class PluginsCommand extends ListCommand {
    private static final double NANOS = 1000;

    @Reference
    private PluginInspection inspection;

    @Reference
    private BundleContext context;

    @Override
    Listing listing() {
        Listing listing = new Listing(
                "name",
                "state",
                "offers",
                "bundle",
                "version",
                "generation",
                "calls",
                "mean_us",
                "refusals",
                "failures");
        for (PluginInfo plugin : inspection.plugins()) {
            Bundle bundle = plugin.bundle() < 0 ? null : context.getBundle(plugin.bundle());
            listing.row(
                    plugin.name(),
                    plugin.state().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    plugin.kinds(),
                    bundle == null ? null : bundle.getSymbolicName(),
                    bundle == null ? null : bundle.getVersion(),
                    plugin.generation(),
                    plugin.usage().calls(),
                    Math.round(plugin.usage().meanNanos() / NANOS * 10) / 10.0,
                    plugin.usage().refusals(),
                    plugin.usage().failures());
        }
        return listing;
    }
}
