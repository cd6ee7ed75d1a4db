// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec.model;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a configuration as Mosquitto 2.1 does, with the members of 2.0 for passwords that 2.0 knows. */
final class ConfigurationWriting {
    private static final int PBKDF2_FIELDS = 5;
    private static final int SALT_OF_20 = 16;

    private final StringWriter text = new StringWriter();
    private final JsonWriter json = new JsonWriter(text);

    ConfigurationWriting() {
        json.setIndent("\t");
    }

    String write(Configuration configuration) {
        try {
            json.beginObject();
            json.name("changeIndex").value(configuration.changeIndex());
            defaults(configuration.defaultAccess());
            json.name("clients").beginArray();
            for (Client client : configuration.clients().values()) {
                client(client);
            }
            json.endArray().name("groups").beginArray();
            for (Group group : configuration.groups().values()) {
                group(group);
            }
            json.endArray();
            member("anonymousGroup", configuration.anonymousGroup());
            json.name("roles").beginArray();
            for (Role role : configuration.roles().values()) {
                role(role);
            }
            json.endArray().endObject();
            return text.append('\n').toString();
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot be written", e);
        }
    }

    private void defaults(DefaultAccess defaults) throws IOException {
        json.name("defaultACLAccess").beginObject();
        for (Event event : Event.values()) {
            json.name(event.text()).value(defaults.allows(event));
        }
        json.endObject();
    }

    private void client(Client client) throws IOException {
        json.beginObject().name("username").value(client.username());
        member("clientid", client.clientId());
        texts(client.textName(), client.textDescription());
        if (client.disabled()) {
            json.name("disabled").value(true);
        }
        ranked("roles", "rolename", client.roles());
        String password = client.password();
        if (password != null) {
            json.name("encoded_password").value(password);
            passwordOf20(password.split("\\$", -1));
        }
        json.endObject();
    }

    /** A broker of version 2.0 knows only PBKDF2 with a salt of 12 bytes, and only in this form. */
    private void passwordOf20(String[] fields) throws IOException {
        boolean known = fields.length == PBKDF2_FIELDS
                && fields[1].equals("7")
                && fields[2].matches("\\d{1,9}")
                && fields[3].length() == SALT_OF_20;
        if (known) {
            json.name("password").value(fields[4]);
            json.name("salt").value(fields[3]);
            json.name("iterations").value(Integer.parseInt(fields[2]));
        }
    }

    private void group(Group group) throws IOException {
        json.beginObject().name("groupname").value(group.groupname());
        texts(group.textName(), group.textDescription());
        ranked("roles", "rolename", group.roles());
        ranked("clients", "username", group.clients());
        json.endObject();
    }

    private void role(Role role) throws IOException {
        json.beginObject().name("rolename").value(role.rolename());
        texts(role.textName(), role.textDescription());
        json.name("allowwildcardsubs").value(role.allowWildcardSubs());
        json.name("acls").beginArray();
        for (Acl acl : role.acls()) {
            json.beginObject().name("acltype").value(acl.type().text());
            json.name("topic").value(acl.topic());
            json.name("priority").value(acl.priority());
            json.name("allow").value(acl.allow()).endObject();
        }
        json.endArray().endObject();
    }

    private void ranked(String list, String nameMember, List<Ranked> entries) throws IOException {
        json.name(list).beginArray();
        for (Ranked entry : entries) {
            json.beginObject().name(nameMember).value(entry.name());
            if (entry.priority() != Ranked.DEFAULT_PRIORITY) {
                json.name("priority").value(entry.priority());
            }
            json.endObject();
        }
        json.endArray();
    }

    private void texts(@Nullable String name, @Nullable String description) throws IOException {
        member("textname", name);
        member("textdescription", description);
    }

    private void member(String name, @Nullable String value) throws IOException {
        if (value != null) {
            json.name(name).value(value);
        }
    }
}
