// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

import io.culex.api.admin.Operation;
import io.culex.api.config.Reload;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code mqtt:rollback}. */
@Service
@Command(
        scope = "mqtt",
        name = "rollback",
        description = "Puts back the configuration from before the last change; files stay as they are")
public final class RollbackCommand extends ChangeCommand {
    @Reference
    private Reload reload;

    @Override
    String change() throws Operation.RefusedException {
        return Taken.text(reload.rollback());
    }
}
