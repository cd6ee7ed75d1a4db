// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.culex.auth.dynsec.model.Acl;
import io.culex.auth.dynsec.model.Client;
import io.culex.auth.dynsec.model.Configuration;
import io.culex.auth.dynsec.model.Group;
import io.culex.auth.dynsec.model.Ranked;
import io.culex.auth.dynsec.model.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The data of answers: objects as SPEC D.4 shows them. */
final class Answer {
    /** Quotes, a colon and a comma. */
    private static final int PUNCTUATION = 4;

    private Answer() {}

    /** What a command does that has no data. */
    @FunctionalInterface
    interface Change {
        void run(Call call) throws RefusedException;
    }

    static Command.Handler plain(Change change) {
        return call -> {
            change.run(call);
            return null;
        };
    }

    /** An object with one member. */
    static JsonObject of(String member, JsonObject value) {
        JsonObject data = new JsonObject();
        data.add(member, value);
        return data;
    }

    static JsonObject client(Client client, Configuration in, Environment environment) {
        JsonObject object = new JsonObject();
        object.addProperty("username", client.username());
        add(object, "clientid", client.clientId());
        add(object, "textname", client.textName());
        add(object, "textdescription", client.textDescription());
        if (client.disabled()) {
            object.addProperty("disabled", true);
        }
        object.add("roles", ranked("rolename", client.roles()));
        object.add("groups", ranked("groupname", in.groupsOf(client.username())));
        JsonArray connections = new JsonArray();
        for (String address : environment.connections(client.username())) {
            JsonObject connection = new JsonObject();
            connection.addProperty("address", address);
            connections.add(connection);
        }
        object.add("connections", connections);
        return object;
    }

    static JsonObject group(Group group) {
        JsonObject object = new JsonObject();
        object.addProperty("groupname", group.groupname());
        add(object, "textname", group.textName());
        add(object, "textdescription", group.textDescription());
        JsonArray clients = new JsonArray();
        for (Ranked member : group.clients()) {
            JsonObject client = new JsonObject();
            client.addProperty("username", member.name());
            clients.add(client);
        }
        object.add("clients", clients);
        object.add("roles", ranked("rolename", group.roles()));
        return object;
    }

    static JsonObject role(Role role) {
        JsonObject object = new JsonObject();
        object.addProperty("rolename", role.rolename());
        add(object, "textname", role.textName());
        add(object, "textdescription", role.textDescription());
        object.addProperty("allowwildcardsubs", role.allowWildcardSubs());
        JsonArray acls = new JsonArray();
        role.acls().forEach(acl -> acls.add(acl(acl)));
        object.add("acls", acls);
        return object;
    }

    static JsonObject acl(Acl acl) {
        JsonObject object = new JsonObject();
        object.addProperty("acltype", acl.type().text());
        object.addProperty("topic", acl.topic());
        object.addProperty("priority", acl.priority());
        object.addProperty("allow", acl.allow());
        return object;
    }

    private static JsonArray ranked(String nameMember, List<Ranked> list) {
        JsonArray array = new JsonArray();
        for (Ranked entry : list) {
            JsonObject object = new JsonObject();
            object.addProperty(nameMember, entry.name());
            if (entry.priority() != Ranked.DEFAULT_PRIORITY) {
                object.addProperty("priority", entry.priority());
            }
            array.add(object);
        }
        return array;
    }

    /** About how many characters it has when it is written. */
    static long length(JsonElement element) {
        if (element.isJsonObject()) {
            return element.getAsJsonObject().entrySet().stream()
                    .mapToLong(member -> PUNCTUATION + member.getKey().length() + length(member.getValue()))
                    .sum();
        }
        if (element.isJsonArray()) {
            return element.getAsJsonArray().asList().stream()
                    .mapToLong(entry -> PUNCTUATION + length(entry))
                    .sum();
        }
        return element.isJsonNull() ? 0 : element.getAsString().length();
    }

    static void add(JsonObject object, String member, @Nullable String value) {
        if (value != null) {
            object.addProperty(member, value);
        }
    }
}
