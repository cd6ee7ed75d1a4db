// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.command;

import com.google.gson.JsonObject;
import io.culex.cli.ctrl.command.Command.Section;
import io.culex.cli.ctrl.outcome.ExitStatus;
import io.culex.cli.ctrl.outcome.FailedException;
import java.util.List;

/** Clients. */
final class ClientCommands {
    private static final String TEXTS = "[--textname text] [--textdescription text] ";
    private static final String LISTS = "[--role rolename[:priority]]... [--group groupname[:priority]]...";

    private ClientCommands() {}

    static List<Command> all() {
        return List.of(
                command(
                        "createClient",
                        "<username> [-i clientid] [-p password | --no-password] " + TEXTS + LISTS,
                        "Create a client",
                        ClientCommands::create),
                command(
                        "modifyClient",
                        "<username> [-i clientid] [-p password | --ask-password] " + TEXTS + LISTS
                                + " [--no-roles] [--no-groups]",
                        "Change a client; roles and groups that are given replace those there are",
                        ClientCommands::modify),
                command("deleteClient", "<username>", "Delete a client", GeneralCommands.named("username")),
                command(
                        "setClientPassword",
                        "<username> [password [-i iterations]]",
                        "Set a client's password",
                        ClientCommands::setPassword),
                command(
                        "setClientId",
                        "<username> [clientid]",
                        "Set a client's id; without one, any is taken",
                        ClientCommands::setId),
                command(
                        "addClientRole",
                        "<username> <rolename> [priority]",
                        "Give a client a role; higher priorities are asked first",
                        GeneralCommands.ranked("username", "rolename")),
                command(
                        "removeClientRole",
                        "<username> <rolename>",
                        "Take a role from a client",
                        GeneralCommands.ranked("username", "rolename")),
                command("getClient", "<username>", "Show a client", GeneralCommands.named("username")),
                command("listClients", "[count [offset]]", "List all clients", GeneralCommands.part()),
                command("enableClient", "<username>", "Let a client in again", GeneralCommands.named("username")),
                command("disableClient", "<username>", "Keep a client out", GeneralCommands.named("username")));
    }

    private static Command command(String name, String arguments, String purpose, Command.Builder builder) {
        return new Command(Section.CLIENTS, name, arguments, purpose, builder);
    }

    private static Attributes attributes() {
        return new Attributes()
                .text("clientid", "-i", "-c", "--clientid")
                .text("password", "-p", "--password")
                .texts()
                .ranked("roles", "rolename", "--role")
                .ranked("groups", "groupname", "--group");
    }

    private static void create(Words words, JsonObject request, Person person) throws FailedException {
        String username = words.next("username");
        request.addProperty("username", username);
        boolean[] ask = {true};
        attributes().put((more, to) -> ask[0] = false, "--no-password").apply(words, request);
        if (ask[0] && !request.has("password")) {
            person.tell("Enter new password for " + username
                    + ". Press return for no password (user will be unable to login).");
            String password = ask(username, person);
            if (!password.isEmpty()) {
                request.addProperty("password", password);
            }
        }
    }

    private static void modify(Words words, JsonObject request, Person person) throws FailedException {
        String username = words.next("username");
        request.addProperty("username", username);
        boolean[] ask = new boolean[1];
        boolean any =
                attributes().put((more, to) -> ask[0] = true, "--ask-password").apply(words, request);
        if (!any) {
            throw words.wrong("there is nothing to change");
        }
        if (ask[0]) {
            request.addProperty("password", askForOne(username, person));
        }
    }

    private static void setPassword(Words words, JsonObject request, Person person) throws FailedException {
        String username = words.next("username");
        request.addProperty("username", username);
        request.addProperty("password", words.more() ? words.next("password") : askForOne(username, person));
        new Attributes()
                .put((more, to) -> to.addProperty("iterations", more.number("iterations")), "-i")
                .apply(words, request);
    }

    private static void setId(Words words, JsonObject request, Person person) throws FailedException {
        request.addProperty("username", words.next("username"));
        if (words.more()) {
            request.addProperty("clientid", words.next("clientid"));
        }
    }

    private static String askForOne(String username, Person person) throws FailedException {
        String password = ask(username, person);
        if (password.isEmpty()) {
            throw new FailedException(ExitStatus.USAGE, "Error: Empty password.");
        }
        return password;
    }

    private static String ask(String username, Person person) throws FailedException {
        return person.newPassword("New password for " + username + ": ", "Reenter password for " + username + ": ");
    }
}
