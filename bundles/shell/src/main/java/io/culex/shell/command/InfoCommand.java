// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

import io.culex.api.admin.ListenerInspection;
import io.culex.api.config.Running;
import io.culex.api.metrics.MetricsSource;
import io.culex.shell.print.Facts;
import io.culex.shell.print.Json;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;
import org.osgi.service.cm.ConfigurationAdmin;

/** {@code mqtt:info}. */
@Service
@Command(scope = "mqtt", name = "info", description = "Shows what runs, since when, and how much of it")
public final class InfoCommand extends ConsoleCommand {
    @Option(name = "--json", description = "As JSON")
    private boolean json;

    @Reference
    private List<MetricsSource> sources;

    @Reference(optional = true)
    private @Nullable Running running;

    @Reference
    private ListenerInspection listeners;

    @Reference(optional = true)
    private @Nullable ConfigurationAdmin configurations;

    @Override
    public @Nullable Object execute() {
        Facts facts = InfoFacts.of(
                        Readings.of(sources), running, listeners.listeners().size())
                .add("features_refresh_bundles", AutoRefresh.isOn(configurations));
        if (json) {
            out().println(Json.readable(facts.toJson()));
        } else {
            facts.print(out());
        }
        return null;
    }
}
