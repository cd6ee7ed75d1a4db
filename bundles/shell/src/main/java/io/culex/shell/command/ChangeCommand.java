// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

import io.culex.api.log.BrokerLog;
import io.culex.shell.Audit;
import java.util.concurrent.TimeoutException;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.jspecify.annotations.Nullable;

/** A command that changes something: what was done, by whom, stands in the broker's log. */
public abstract class ChangeCommand extends ConsoleCommand {
    @Reference
    private BrokerLog log;

    ChangeCommand() {}

    /** Makes the change; returns what was done to whom, a line or several. */
    abstract String change() throws Exception;

    @Override
    public final @Nullable Object execute() throws Exception {
        Command command = getClass().getAnnotation(Command.class);
        Audit audit = new Audit(log, user(), command.scope() + ":" + command.name());
        try {
            String done = change();
            audit.done(done);
            out().println(done);
            return null;
        } catch (InterruptedException e) {
            audit.notWaitedFor();
            throw e;
        } catch (Exception e) {
            if (e.getCause() instanceof TimeoutException) {
                audit.notWaitedFor();
                throw e;
            }
            audit.refused(e.getMessage() == null ? e.toString() : e.getMessage());
            throw e;
        }
    }
}
