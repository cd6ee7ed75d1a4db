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

    /** Where it prints to: the console, or the next command behind a {@code |}, or a file. Karaf says which, to each thread. */
    final PrintStream out() {
        return System.out;
    }

    /** Who gave it. */
    final String user() {
        return session.get("USER") instanceof String name && !name.isEmpty() ? name : "unknown";
    }
}
