// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

import io.culex.api.admin.Operation;
import io.culex.api.config.Reload;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code mqtt:reload}. */
@Service
@Command(scope = "mqtt", name = "reload", description = "Takes the configuration files anew, whole or not at all")
public final class ReloadCommand extends ChangeCommand {
    @Reference
    private Reload reload;

    @Override
    String change() throws Operation.RefusedException {
        return Taken.text(reload.reload());
    }
}
