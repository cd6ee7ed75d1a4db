// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.culex.auth.dynsec.json.Members;
import io.culex.auth.dynsec.model.Configuration;
import io.culex.auth.dynsec.model.DefaultAccess;
import io.culex.auth.dynsec.model.Event;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** What can be asked, and the default access. */
final class Queries {
    private Queries() {}

    static void addTo(Consumer<Command> table) {
        table.accept(new Command(
                "getClient",
                false,
                "Shows a client.",
                List.of(Arguments.USERNAME),
                call -> Answer.of(
                        "client",
                        Answer.client(
                                call.draft().client(call.username()),
                                call.draft().view(),
                                call.environment()))));
        table.accept(new Command(
                "getGroup",
                false,
                "Shows a group.",
                List.of(Arguments.GROUPNAME),
                call -> Answer.of("group", Answer.group(call.draft().group(call.groupname())))));
        table.accept(new Command(
                "getRole",
                false,
                "Shows a role.",
                List.of(Arguments.ROLENAME),
                call -> Answer.of("role", Answer.role(call.draft().role(call.rolename())))));
        table.accept(list(
                "listClients",
                "clients",
                Configuration::clients,
                (client, call) -> Answer.client(client, call.draft().view(), call.environment())));
        table.accept(list("listGroups", "groups", Configuration::groups, (group, call) -> Answer.group(group)));
        table.accept(list("listRoles", "roles", Configuration::roles, (role, call) -> Answer.role(role)));
        table.accept(new Command(
                "getAnonymousGroup",
                false,
                "Says in which group clients without a user name are.",
                List.of(),
                Queries::anonymousGroup));
        table.accept(new Command(
                "getDefaultACLAccess", false, "Shows what holds where no ACL decides.", List.of(), Queries::defaults));
        table.accept(new Command(
                "setDefaultACLAccess",
                true,
                "Sets what holds where no ACL decides.",
                List.of(new Command.Argument(
                        "acls",
                        Command.Kind.ACLS,
                        "acltype (publishClientSend, publishClientReceive, subscribe, unsubscribe) and allow",
                        true)),
                Answer.plain(Queries::setDefaults)));
        table.accept(new Command("getDetails", false, "Counts what there is.", List.of(), Queries::details));
    }

    private interface Shown<T> {
        JsonElement of(T object, Call call);
    }

    private static <T> Command list(
            String name, String member, Function<Configuration, Map<String, T>> objects, Shown<T> shown) {
        return new Command(
                name,
                false,
                "Lists the " + member + ".",
                List.of(Arguments.VERBOSE, Arguments.COUNT, Arguments.OFFSET),
                call -> {
                    boolean verbose = call.flag("verbose", false);
                    int count = call.number("count", -1);
                    int offset = call.number("offset", 0);
                    Map<String, T> all = objects.apply(call.draft().view());
                    JsonObject data = new JsonObject();
                    data.addProperty("totalCount", all.size());
                    JsonArray page = new JsonArray();
                    all.entrySet().stream()
                            .skip(Math.max(0, offset))
                            // Mosquitto looks at the count after the first one.
                            .limit(count < 0 ? Long.MAX_VALUE : Math.max(1, count))
                            .map(entry ->
                                    verbose ? shown.of(entry.getValue(), call) : new JsonPrimitive(entry.getKey()))
                            .forEach(page::add);
                    data.add(member, page);
                    return data;
                });
    }

    private static JsonObject anonymousGroup(Call call) {
        String name = call.draft().anonymousGroup();
        JsonObject group = new JsonObject();
        group.addProperty("groupname", name == null ? "" : name);
        return Answer.of("group", group);
    }

    private static JsonObject defaults(Call call) {
        JsonArray acls = new JsonArray();
        for (Event event : Event.values()) {
            JsonObject acl = new JsonObject();
            acl.addProperty("acltype", event.text());
            acl.addProperty("allow", call.draft().defaultAccess().allows(event));
            acls.add(acl);
        }
        JsonObject data = new JsonObject();
        data.add("acls", acls);
        return data;
    }

    private static void setDefaults(Call call) throws RefusedException {
        DefaultAccess defaults = call.draft().defaultAccess();
        try {
            Collection<Members> acls = call.members().objectsOrNull("acls");
            if (acls == null) {
                throw new RefusedException("Missing/invalid actions array");
            }
            for (Members acl : acls) {
                Event event = Event.of(String.valueOf(acl.text("acltype"))).orElse(null);
                if (event != null && acl.has("allow")) {
                    defaults = defaults.with(event, acl.flag("allow", false));
                }
            }
        } catch (Members.FaultException e) {
            throw new RefusedException("Missing/invalid actions array");
        }
        call.draft().defaultAccess(defaults);
    }

    private static JsonObject details(Call call) {
        Configuration now = call.draft().view();
        JsonObject data = new JsonObject();
        data.addProperty("clientCount", now.clients().size());
        data.addProperty("groupCount", now.groups().size());
        data.addProperty("roleCount", now.roles().size());
        data.addProperty("changeIndex", now.changeIndex());
        return data;
    }
}
