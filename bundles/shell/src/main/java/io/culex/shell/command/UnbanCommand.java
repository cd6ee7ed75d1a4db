// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

import io.culex.api.admin.Ban;
import io.culex.api.admin.Bans;
import io.culex.api.admin.Operation;
import io.culex.shell.complete.BannedValues;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code mqtt:unban}. */
@Service
@Command(scope = "mqtt", name = "unban", description = "Ends a ban")
public final class UnbanCommand extends ChangeCommand {
    @Argument(name = "value", description = "What was banned", required = true)
    @Completion(BannedValues.class)
    private String value;

    @Option(name = "--user", description = "The value is a user name")
    private boolean user;

    @Option(name = "--address", description = "The value is an address, or a block of addresses")
    private boolean address;

    @Reference
    private Bans bans;

    @Override
    String change() throws Exception {
        Ban.Kind kind = BanKinds.of(user, address);
        if (!bans.lift(kind, value)) {
            throw new Operation.RefusedException(BanKinds.text(kind, value) + " is not banned.");
        }
        return BanKinds.text(kind, value) + " is not banned any more.";
    }
}
