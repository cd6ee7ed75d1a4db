// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

import io.culex.api.admin.Operation;
import io.culex.api.config.Reload;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;

/** {@code mqtt:config-check}. */
@Service
@Command(scope = "mqtt", name = "config-check", description = "Checks the configuration files without taking them")
public final class ConfigCheckCommand extends ConsoleCommand {
    /** What a check says when nothing is wrong; what is wrong may begin with the name of the plugin that says so. */
    private static final String GOOD = "Configuration file is OK";

    @Reference
    private Reload reload;

    @Override
    public @Nullable Object execute() throws Operation.RefusedException {
        Reload.Result result = reload.check();
        if (!result.message().startsWith(GOOD)) {
            throw new Operation.RefusedException(result.message());
        }
        out().println(result.message());
        return null;
    }
}
