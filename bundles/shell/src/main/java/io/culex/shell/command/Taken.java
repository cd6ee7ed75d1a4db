// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

import io.culex.api.admin.Operation;
import io.culex.api.config.Reload;

/** What became of a change of the configuration. */
final class Taken {
    private Taken() {}

    static String text(Reload.Result result) throws Operation.RefusedException {
        if (!result.changed()) {
            throw new Operation.RefusedException(result.message());
        }
        return result.message() + " Generation " + result.generation() + ".";
    }
}
