// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

import io.culex.api.config.ConfigView;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;

/** {@code mqtt:config-show}. */
@Service
@Command(scope = "mqtt", name = "config-show", description = "Shows the configuration in force; secrets are masked")
public final class ConfigShowCommand extends ConsoleCommand {
    @Option(name = "--defaults", description = "Also what is not given, as comments")
    private boolean defaults;

    @Reference
    private ConfigView view;

    @Override
    public @Nullable Object execute() {
        view.lines(defaults).forEach(out()::println);
        return null;
    }
}
