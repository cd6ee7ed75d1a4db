// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec.command;

import io.culex.auth.dynsec.model.Client;
import io.culex.auth.dynsec.model.Group;
import io.culex.auth.dynsec.model.Ranked;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What can be done to clients. */
final class ClientCommands {
    private ClientCommands() {}

    static void addTo(Consumer<Command> table) {
        table.accept(new Command(
                "createClient",
                true,
                "Makes a client, who can log in when it has a password.",
                List.of(
                        Arguments.USERNAME,
                        Arguments.PASSWORD,
                        Arguments.CLIENT_ID,
                        Arguments.TEXT_NAME,
                        Arguments.TEXT_DESCRIPTION,
                        Arguments.ROLES,
                        Arguments.GROUPS),
                Answer.plain(ClientCommands::create)));
        table.accept(new Command(
                "modifyClient",
                true,
                "Changes what is given of a client; lists are replaced as a whole.",
                List.of(
                        Arguments.USERNAME,
                        Arguments.PASSWORD,
                        Arguments.CLIENT_ID,
                        Arguments.TEXT_NAME,
                        Arguments.TEXT_DESCRIPTION,
                        Arguments.ROLES,
                        Arguments.GROUPS),
                Answer.plain(ClientCommands::modify)));
        table.accept(new Command(
                "deleteClient",
                true,
                "Removes a client.",
                List.of(Arguments.USERNAME),
                Answer.plain(ClientCommands::delete)));
        table.accept(new Command(
                "enableClient",
                true,
                "Lets a client log in again.",
                List.of(Arguments.USERNAME),
                Answer.plain(call -> enable(call, true))));
        table.accept(new Command(
                "disableClient",
                true,
                "Keeps a client out without removing it.",
                List.of(Arguments.USERNAME),
                Answer.plain(call -> enable(call, false))));
        table.accept(new Command(
                "setClientPassword",
                true,
                "Gives a client another password.",
                List.of(Arguments.USERNAME, Arguments.needed("password", "the password")),
                Answer.plain(ClientCommands::setPassword)));
        table.accept(new Command(
                "setClientId",
                true,
                "Binds a client to a Client Identifier, or to none.",
                List.of(Arguments.USERNAME, Arguments.CLIENT_ID),
                Answer.plain(ClientCommands::setClientId)));
        table.accept(new Command(
                "addClientRole",
                true,
                "Gives a client a role.",
                List.of(Arguments.USERNAME, Arguments.ROLENAME, Arguments.PRIORITY),
                Answer.plain(ClientCommands::addRole)));
        table.accept(new Command(
                "removeClientRole",
                true,
                "Takes a role from a client.",
                List.of(Arguments.USERNAME, Arguments.ROLENAME),
                Answer.plain(ClientCommands::removeRole)));
    }

    private static void create(Call call) throws RefusedException {
        String username = Call.notEmpty(call.username(), "username");
        String password = call.text("password", "password");
        String clientId = call.clientId("client id");
        String textName = call.description("textname", null);
        String textDescription = call.description("textdescription", null);
        if (call.draft().hasClient(username)) {
            throw new RefusedException("Client already exists");
        }
        List<Ranked> roles = call.roles();
        List<Ranked> groups = groups(call, "Group not found");
        call.draft()
                .put(new Client(
                        username,
                        password == null || password.isEmpty()
                                ? null
                                : call.environment().hash(password),
                        clientId == null || clientId.isEmpty() ? null : clientId,
                        textName,
                        textDescription,
                        false,
                        roles == null ? List.of() : roles));
        if (groups != null) {
            join(call.draft(), username, groups);
        }
    }

    private static void modify(Call call) throws RefusedException {
        Client before = call.draft().client(call.username());
        Client client = before;
        String clientId = call.clientId("client id");
        if (clientId != null) {
            client = client.withClientId(clientId.isEmpty() ? null : clientId);
        }
        String password = call.text("password", "password");
        client = client.withTexts(
                call.description("textname", client.textName()),
                call.description("textdescription", client.textDescription()));
        List<Ranked> roles = call.roles();
        if (roles != null) {
            client = client.withRoles(roles);
        }
        List<Ranked> groups = groups(call, "'groups' contains an object with a 'groupname' that does not exist");
        if (password != null && !password.isEmpty()) {
            client = client.withPassword(call.environment().hash(password));
        }
        call.draft().put(client);
        if (groups != null) {
            call.draft().leaveGroups(client.username());
            join(call.draft(), client.username(), groups);
        }
        if (Objects.equals(before.clientId(), client.clientId())
                && Objects.equals(before.password(), client.password())) {
            call.kicks().rights(client.username());
        } else {
            call.kicks().login(client.username());
        }
    }

    private static @Nullable List<Ranked> groups(Call call, String unknown) throws RefusedException {
        return call.ranked(new Call.Reference(
                "groups",
                "groupname",
                "'groups' contains an object with an invalid 'groupname'",
                unknown,
                call.draft()::hasGroup));
    }

    private static void join(Draft draft, String username, List<Ranked> groups) throws RefusedException {
        for (Ranked entry : groups) {
            Group group = draft.group(entry.name());
            draft.put(group.withClients(Lists.with(group.clients(), new Ranked(username, entry.priority()))));
        }
    }

    private static void delete(Call call) throws RefusedException {
        Client client = call.draft().client(call.username());
        call.draft().removeClient(client.username());
        call.kicks().login(client.username());
    }

    private static void enable(Call call, boolean enabled) throws RefusedException {
        Client client = call.draft().client(call.username());
        call.draft().put(client.withDisabled(!enabled));
        if (!enabled) {
            call.kicks().login(client.username());
        }
    }

    private static void setPassword(Call call) throws RefusedException {
        String username = call.username();
        String password = call.required("password", "password");
        if (password.isEmpty()) {
            throw new RefusedException("Empty password is not allowed");
        }
        Client client = call.draft().client(username);
        call.draft().put(client.withPassword(call.environment().hash(password)));
        call.kicks().login(username);
    }

    private static void setClientId(Call call) throws RefusedException {
        String username = call.username();
        String clientId = call.clientId("client ID");
        Client client = call.draft().client(username);
        call.draft().put(client.withClientId(clientId == null || clientId.isEmpty() ? null : clientId));
        call.kicks().login(username);
    }

    private static void addRole(Call call) throws RefusedException {
        String username = call.username();
        String rolename = call.rolename();
        int priority = call.priority();
        Client client = call.draft().client(username);
        call.draft().role(rolename);
        if (Lists.has(client.roles(), rolename)) {
            throw new RefusedException("Internal error");
        }
        call.draft().put(client.withRoles(Lists.with(client.roles(), new Ranked(rolename, priority))));
        call.kicks().rights(username);
    }

    private static void removeRole(Call call) throws RefusedException {
        String username = call.username();
        String rolename = call.rolename();
        Client client = call.draft().client(username);
        call.draft().role(rolename);
        call.draft().put(client.withRoles(Lists.without(client.roles(), rolename)));
        call.kicks().rights(username);
    }
}
