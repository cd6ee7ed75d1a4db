// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.culex.cli.ctrl.command.Command.Section;
import io.culex.cli.ctrl.outcome.FailedException;
import java.util.List;

/** Roles and their ACLs. */
final class RoleCommands {
    private static final List<String> ACL_TYPES = List.of(
            "publishClientSend",
            "publishClientReceive",
            "subscribeLiteral",
            "subscribePattern",
            "unsubscribeLiteral",
            "unsubscribePattern");
    private static final String ATTRIBUTES = "<rolename> [--textname text] [--textdescription text]"
            + " [--wildcard-subs allow|deny] [--acl acltype topicFilter allow|deny [priority]]...";

    private RoleCommands() {}

    static List<Command> all() {
        return List.of(
                command("createRole", ATTRIBUTES, "Create a role", RoleCommands::create),
                command(
                        "modifyRole",
                        ATTRIBUTES + " [--no-acls]",
                        "Change a role; ACLs that are given replace those there are",
                        RoleCommands::modify),
                command("deleteRole", "<rolename>", "Delete a role", GeneralCommands.named("rolename")),
                command(
                        "addRoleACL",
                        "<rolename> <acltype> <topicFilter> allow|deny [priority]",
                        "Add an ACL to a role; higher priorities are asked first",
                        RoleCommands::addAcl),
                command(
                        "removeRoleACL",
                        "<rolename> <acltype> <topicFilter>",
                        "Remove an ACL from a role",
                        RoleCommands::removeAcl),
                command("getRole", "<rolename>", "Show a role", GeneralCommands.named("rolename")),
                command("listRoles", "[count [offset]]", "List all roles", GeneralCommands.part()));
    }

    private static Command command(String name, String arguments, String purpose, Command.Builder builder) {
        return new Command(Section.ROLES, name, arguments, purpose, builder);
    }

    private static Attributes attributes() {
        return new Attributes()
                .texts()
                .put((words, to) -> to.addProperty("allowwildcardsubs", words.allow()), "--wildcard-subs")
                .put((words, to) -> to.add("acls", new JsonArray()), "--no-acls")
                .put(
                        (words, to) -> {
                            JsonObject acl = new JsonObject();
                            acl(words, acl);
                            if (words.isNumber()) {
                                acl.addProperty("priority", words.number("priority"));
                            }
                            Attributes.array(to, "acls").add(acl);
                        },
                        "--acl");
    }

    private static void acl(Words words, JsonObject to) throws FailedException {
        to.addProperty("acltype", words.oneOf("acltype", ACL_TYPES));
        to.addProperty("topic", words.next("topicFilter"));
        to.addProperty("allow", words.allow());
    }

    private static void create(Words words, JsonObject request, Person person) throws FailedException {
        request.addProperty("rolename", words.next("rolename"));
        attributes().apply(words, request);
    }

    private static void modify(Words words, JsonObject request, Person person) throws FailedException {
        request.addProperty("rolename", words.next("rolename"));
        if (!attributes().apply(words, request)) {
            throw words.wrong("there is nothing to change");
        }
    }

    private static void addAcl(Words words, JsonObject request, Person person) throws FailedException {
        request.addProperty("rolename", words.next("rolename"));
        acl(words, request);
        if (words.more()) {
            request.addProperty("priority", words.number("priority"));
        }
    }

    private static void removeAcl(Words words, JsonObject request, Person person) throws FailedException {
        request.addProperty("rolename", words.next("rolename"));
        request.addProperty("acltype", words.oneOf("acltype", ACL_TYPES));
        request.addProperty("topic", words.next("topicFilter"));
    }
}
