// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.console.Session;

/** Common to all commands: the session that they run in. */
public abstract class ConsoleCommand implements Action {
    @Reference
    private Session session;

    ConsoleCommand() {}

    /** Where it prints to. */
    final PrintStream out() {
        return session.getConsole();
    }

    /** Who gave it. */
    final String user() {
        return session.get("USER") instanceof String name && !name.isEmpty() ? name : "unknown";
    }
}
