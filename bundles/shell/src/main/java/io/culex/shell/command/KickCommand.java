// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

import io.culex.api.admin.BrokerAdmin;
import io.culex.api.admin.Operation;
import io.culex.api.message.ReasonCode;
import io.culex.shell.complete.ClientIds;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code mqtt:kick}. */
@Service
@Command(scope = "mqtt", name = "kick", description = "Ends the connection of a client; it may come back")
public final class KickCommand extends ChangeCommand {
    @Argument(name = "id", description = "Its Client Identifier", required = true)
    @Completion(ClientIds.class)
    private String id;

    @Reference
    private BrokerAdmin admin;

    @Override
    String change() throws Exception {
        if (!Answers.of(admin.disconnect(id, ReasonCode.ADMINISTRATIVE_ACTION))) {
            throw new Operation.RefusedException("Client " + id + " is not connected.");
        }
        return "Client " + id + " was disconnected.";
    }
}
