// SPDX-License-Identifier: Apache-2.0
package io.culex.shell;

import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;

/**
 * What an operator does, in the broker's log: who, with which command, what, to whom.
 *
 * @param user who gave the command
 * @param command with its scope
 */
public record Audit(BrokerLog log, String user, String command) {
    /** It was done. */
    public void done(String what) {
        write(what);
    }

    /** It was not done. */
    public void refused(String why) {
        write("refused: " + why);
    }

    /** Nobody waited until it was done: it may be, or not. */
    public void notWaitedFor() {
        write("not waited for; it may still be done.");
    }

    private void write(String what) {
        log.log(LogType.NOTICE, "Audit: " + user + ", " + command + ": " + what.replace('\n', ' '));
    }
}
