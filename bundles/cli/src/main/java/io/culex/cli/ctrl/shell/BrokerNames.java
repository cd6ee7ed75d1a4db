// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.shell;

import com.google.gson.JsonObject;
import io.culex.cli.ctrl.command.AnswerText;
import io.culex.cli.ctrl.command.Module;
import io.culex.cli.ctrl.command.Responder;
import io.culex.cli.ctrl.outcome.FailedException;
import io.culex.cli.ctrl.outcome.VisibleText;
import java.util.List;
import java.util.function.Function;

/**
 * The names that a broker has, for completion; asked for each time, as others may change them. One that could give orders to a terminal
 * is left out.
 */
final class BrokerNames implements Function<String, List<String>> {
    private final Responder broker;

    BrokerNames(Responder broker) {
        this.broker = broker;
    }

    @Override
    public List<String> apply(String kind) {
        return switch (kind) {
            case "username" -> list("listClients");
            case "groupname" -> list("listGroups");
            case "rolename" -> list("listRoles");
            case "acltype" ->
                List.of(
                        "publishClientSend",
                        "publishClientReceive",
                        "subscribeLiteral",
                        "subscribePattern",
                        "unsubscribeLiteral",
                        "unsubscribePattern");
            case "event" -> List.of("publishClientSend", "publishClientReceive", "subscribe", "unsubscribe");
            default -> List.of();
        };
    }

    private List<String> list(String command) {
        JsonObject request = new JsonObject();
        request.addProperty("command", command);
        try {
            return AnswerText.of(command, broker.answer(Module.DYNSEC, request)).stream()
                    .filter(name -> VisibleText.of(name).equals(name))
                    .toList();
        } catch (FailedException e) {
            return List.of(); // the next command will say what is wrong
        }
    }
}
