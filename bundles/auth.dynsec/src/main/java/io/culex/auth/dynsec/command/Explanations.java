// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec.command;

import com.google.gson.JsonObject;
import io.culex.auth.dynsec.model.AclType;
import io.culex.auth.dynsec.model.Event;
import io.culex.auth.dynsec.rules.Decision;
import io.culex.auth.dynsec.rules.Rules;
import io.culex.auth.dynsec.rules.Step;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Says why an access is allowed or denied; not in Mosquitto. */
final class Explanations {
    private Explanations() {}

    static void addTo(Consumer<Command> table) {
        table.accept(new Command(
                "explain",
                false,
                "Says whether an access is allowed, and which role and ACL decide that.",
                List.of(
                        Arguments.text("username", "the user name; without one: a client that has none"),
                        Arguments.text("clientid", "the Client Identifier, for ACLs with %c"),
                        Arguments.needed(
                                "acltype", "publishClientSend, publishClientReceive, subscribe or unsubscribe"),
                        Arguments.needed("topic", "the Topic Name, or the Topic Filter of a subscription")),
                Explanations::explain));
    }

    private static JsonObject explain(Call call) throws RefusedException {
        String username = call.text("username", "username");
        String clientId = call.text("clientid", "client id");
        Event event = event(call.required("acltype", "acltype"));
        String topic = call.required("topic", "topic");
        Decision decision = Rules.of(call.draft().view(), call.environment().tieOrder())
                .decide(event, username, clientId == null ? "" : clientId, topic);
        JsonObject data = new JsonObject();
        data.addProperty("acltype", event.text());
        data.addProperty("topic", topic);
        data.addProperty("allow", decision.allowed());
        data.addProperty("by", decision.by().text());
        addStep(data, decision.step());
        return data;
    }

    private static Event event(String text) throws RefusedException {
        return Event.of(text)
                .or(() -> AclType.of(text).map(AclType::event))
                .orElseThrow(() -> new RefusedException("Unknown acltype"));
    }

    private static void addStep(JsonObject data, @Nullable Step step) {
        if (step == null) {
            return;
        }
        Answer.add(data, "groupname", step.group());
        data.addProperty("rolename", step.role().rolename());
        if (step.acl() != null) {
            data.add("acl", Answer.acl(step.acl()));
        }
    }
}
