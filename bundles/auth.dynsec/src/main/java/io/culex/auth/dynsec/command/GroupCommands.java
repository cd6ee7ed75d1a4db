// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec.command;

import io.culex.auth.dynsec.model.Group;
import io.culex.auth.dynsec.model.Ranked;
import java.util.List;
import java.util.function.Consumer;

/** What can be done to groups. */
final class GroupCommands {
    private GroupCommands() {}

    static void addTo(Consumer<Command> table) {
        table.accept(new Command(
                "createGroup",
                true,
                "Makes a group.",
                List.of(Arguments.GROUPNAME, Arguments.TEXT_NAME, Arguments.TEXT_DESCRIPTION, Arguments.ROLES),
                Answer.plain(GroupCommands::create)));
        table.accept(new Command(
                "modifyGroup",
                true,
                "Changes what is given of a group; lists are replaced as a whole.",
                List.of(
                        Arguments.GROUPNAME,
                        Arguments.TEXT_NAME,
                        Arguments.TEXT_DESCRIPTION,
                        Arguments.ROLES,
                        Arguments.CLIENTS),
                Answer.plain(GroupCommands::modify)));
        table.accept(new Command(
                "deleteGroup",
                true,
                "Removes a group, but not its clients.",
                List.of(Arguments.GROUPNAME),
                Answer.plain(GroupCommands::delete)));
        table.accept(new Command(
                "addGroupClient",
                true,
                "Puts a client into a group; the priority is that of the group among the client's.",
                List.of(Arguments.GROUPNAME, Arguments.USERNAME, Arguments.PRIORITY),
                Answer.plain(GroupCommands::addClient)));
        table.accept(new Command(
                "removeGroupClient",
                true,
                "Takes a client out of a group.",
                List.of(Arguments.GROUPNAME, Arguments.USERNAME),
                Answer.plain(GroupCommands::removeClient)));
        table.accept(new Command(
                "addGroupRole",
                true,
                "Gives a group a role.",
                List.of(Arguments.GROUPNAME, Arguments.ROLENAME, Arguments.PRIORITY),
                Answer.plain(GroupCommands::addRole)));
        table.accept(new Command(
                "removeGroupRole",
                true,
                "Takes a role from a group.",
                List.of(Arguments.GROUPNAME, Arguments.ROLENAME),
                Answer.plain(GroupCommands::removeRole)));
        table.accept(new Command(
                "setAnonymousGroup",
                true,
                "Says in which group clients without a user name are.",
                List.of(Arguments.GROUPNAME),
                Answer.plain(GroupCommands::setAnonymous)));
    }

    private static void create(Call call) throws RefusedException {
        String groupname = Call.notEmpty(call.groupname(), "groupname");
        String textName = call.description("textname", null);
        String textDescription = call.description("textdescription", null);
        if (call.draft().hasGroup(groupname)) {
            throw new RefusedException("Group already exists");
        }
        List<Ranked> roles = call.roles();
        call.draft().put(new Group(groupname, textName, textDescription, roles == null ? List.of() : roles, List.of()));
    }

    private static void modify(Call call) throws RefusedException {
        Draft draft = call.draft();
        Group before = draft.group(call.groupname());
        Group group = before.withTexts(
                call.description("textname", before.textName()),
                call.description("textdescription", before.textDescription()));
        List<Ranked> roles = call.roles();
        if (roles != null) {
            group = group.withRoles(roles);
        }
        List<Ranked> clients = call.ranked(new Call.Reference(
                "clients",
                "username",
                "'clients' contains an object with an invalid 'username'",
                "'clients' contains an object with a 'username' that does not exist",
                draft::hasClient));
        if (clients != null) {
            group = group.withClients(clients);
        }
        draft.put(group);
        draft.kickGroup(before, call.kicks());
        draft.kickGroup(group, call.kicks());
    }

    private static void delete(Call call) throws RefusedException {
        Group group = call.draft().group(call.groupname());
        if (call.draft().isAnonymousGroup(group.groupname())) {
            throw new RefusedException("Deleting the anonymous group is forbidden");
        }
        call.draft().removeGroup(group.groupname());
        call.draft().kickGroup(group, call.kicks());
    }

    private static void addClient(Call call) throws RefusedException {
        String groupname = call.groupname();
        String username = call.username();
        int priority = call.priority();
        call.kicks().rights(username);
        call.draft().client(username);
        Group group = call.draft().group(groupname);
        if (Lists.has(group.clients(), username)) {
            throw new RefusedException("Client is already in this group");
        }
        call.draft().put(group.withClients(Lists.with(group.clients(), new Ranked(username, priority))));
    }

    private static void removeClient(Call call) throws RefusedException {
        String groupname = call.groupname();
        String username = call.username();
        call.kicks().rights(username);
        call.draft().client(username);
        Group group = call.draft().group(groupname);
        call.draft().put(group.withClients(Lists.without(group.clients(), username)));
    }

    private static void addRole(Call call) throws RefusedException {
        String groupname = call.groupname();
        String rolename = call.rolename();
        int priority = call.priority();
        Group group = call.draft().group(groupname);
        call.draft().role(rolename);
        if (Lists.has(group.roles(), rolename)) {
            throw new RefusedException("Group is already in this role");
        }
        call.draft().put(group.withRoles(Lists.with(group.roles(), new Ranked(rolename, priority))));
        call.draft().kickGroup(group, call.kicks());
    }

    private static void removeRole(Call call) throws RefusedException {
        String groupname = call.groupname();
        String rolename = call.rolename();
        Group group = call.draft().group(groupname);
        call.draft().role(rolename);
        call.draft().put(group.withRoles(Lists.without(group.roles(), rolename)));
        call.draft().kickGroup(group, call.kicks());
    }

    private static void setAnonymous(Call call) throws RefusedException {
        Group group = call.draft().group(call.groupname());
        call.draft().anonymousGroup(group.groupname());
        call.kicks().anonymousRights();
    }
}
