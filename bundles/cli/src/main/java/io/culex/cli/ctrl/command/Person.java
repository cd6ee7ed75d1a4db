// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.command;

import io.culex.cli.ctrl.outcome.FailedException;

/** Who types the commands, when something has to be asked. */
public interface Person {
    /** Shows a line. */
    void tell(String line);

    /**
     * A new password, asked for twice and not shown; empty when nothing was typed. Blocks.
     *
     * @throws FailedException when the two differ
     */
    String newPassword(String prompt, String again) throws FailedException;
}
