// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.command;

import com.google.gson.JsonObject;
import io.culex.cli.ctrl.command.Command.Section;
import io.culex.cli.ctrl.outcome.FailedException;
import java.util.List;

/** Groups. */
final class GroupCommands {
    private static final String ATTRIBUTES =
            "<groupname> [--textname text] [--textdescription text] [--role rolename[:priority]]...";

    private GroupCommands() {}

    static List<Command> all() {
        return List.of(
                command("createGroup", ATTRIBUTES, "Create a group", GroupCommands::create),
                command(
                        "modifyGroup",
                        ATTRIBUTES + " [--client username[:priority]]... [--no-roles] [--no-clients]",
                        "Change a group; roles and clients that are given replace those there are",
                        GroupCommands::modify),
                command("deleteGroup", "<groupname>", "Delete a group", GeneralCommands.named("groupname")),
                command(
                        "addGroupRole",
                        "<groupname> <rolename> [priority]",
                        "Give a group a role; higher priorities are asked first",
                        GeneralCommands.ranked("groupname", "rolename")),
                command(
                        "removeGroupRole",
                        "<groupname> <rolename>",
                        "Take a role from a group",
                        GeneralCommands.ranked("groupname", "rolename")),
                command(
                        "addGroupClient",
                        "<groupname> <username> [priority]",
                        "Put a client into a group; the priority is that of the group for this client",
                        GeneralCommands.ranked("groupname", "username")),
                command(
                        "removeGroupClient",
                        "<groupname> <username>",
                        "Take a client out of a group",
                        GeneralCommands.ranked("groupname", "username")),
                command("getGroup", "<groupname>", "Show a group", GeneralCommands.named("groupname")),
                command("listGroups", "[count [offset]]", "List all groups", GeneralCommands.part()));
    }

    private static Command command(String name, String arguments, String purpose, Command.Builder builder) {
        return new Command(Section.GROUPS, name, arguments, purpose, builder);
    }

    private static Attributes attributes() {
        return new Attributes().texts().ranked("roles", "rolename", "--role");
    }

    private static void create(Words words, JsonObject request, Person person) throws FailedException {
        request.addProperty("groupname", words.next("groupname"));
        attributes().apply(words, request);
    }

    private static void modify(Words words, JsonObject request, Person person) throws FailedException {
        request.addProperty("groupname", words.next("groupname"));
        if (!attributes().ranked("clients", "username", "--client").apply(words, request)) {
            throw words.wrong("there is nothing to change");
        }
    }
}
