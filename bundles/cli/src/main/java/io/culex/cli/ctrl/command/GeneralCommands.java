// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.culex.cli.ctrl.command.Command.Section;
import io.culex.cli.ctrl.outcome.FailedException;
import java.util.List;

/** What holds for everyone, and what several kinds of objects have in common. */
final class GeneralCommands {
    private static final List<String> EVENTS =
            List.of("publishClientSend", "publishClientReceive", "subscribe", "unsubscribe");

    private GeneralCommands() {}

    static List<Command> all() {
        return List.of(
                new Command(
                        Section.GENERAL,
                        "getDefaultACLAccess",
                        "",
                        "Get ACL default access",
                        GeneralCommands::passOver),
                new Command(
                        Section.GENERAL,
                        "setDefaultACLAccess",
                        "<event> allow|deny",
                        "Set ACL default access",
                        GeneralCommands::setDefaultAccess),
                new Command(
                        Section.GENERAL,
                        "getAnonymousGroup",
                        "",
                        "Get group for anonymous clients",
                        (words, request, person) -> {}),
                new Command(
                        Section.GENERAL,
                        "setAnonymousGroup",
                        "<groupname>",
                        "Set group for anonymous clients",
                        named("groupname")),
                new Command(
                        Section.GENERAL,
                        "getDetails",
                        "",
                        "Get the numbers of clients, groups, roles and changes",
                        (words, request, person) -> {}),
                new Command(
                        Section.GENERAL,
                        "explain",
                        "<event> <topic> [--username username] [--clientid clientid]",
                        "Say whether an access is allowed, and which role and ACL decide that (Culex only)",
                        GeneralCommands::explain));
    }

    /** A command that takes names only: the members of its request, in the order of its arguments. */
    static Command.Builder named(String... members) {
        return (words, request, person) -> {
            for (String member : members) {
                request.addProperty(member, words.next(member));
            }
        };
    }

    /** The same with an optional priority at the end. */
    static Command.Builder ranked(String... members) {
        return (words, request, person) -> {
            named(members).build(words, request, person);
            if (words.more()) {
                request.addProperty("priority", words.number("priority"));
            }
        };
    }

    /** A list, or a part of it. */
    static Command.Builder part() {
        return (words, request, person) -> {
            if (words.more()) {
                request.addProperty("count", words.number("count"));
            }
            if (words.more()) {
                request.addProperty("offset", words.number("offset"));
            }
        };
    }

    /** Mosquitto's tool takes an argument here, as its documentation shows, and prints all four. */
    private static void passOver(Words words, JsonObject request, Person person) throws FailedException {
        while (words.more()) {
            words.next("event");
        }
    }

    private static void setDefaultAccess(Words words, JsonObject request, Person person) throws FailedException {
        JsonObject acl = new JsonObject();
        acl.addProperty("acltype", words.oneOf("event", EVENTS));
        acl.addProperty("allow", words.allow());
        JsonArray acls = new JsonArray();
        acls.add(acl);
        request.add("acls", acls);
    }

    private static void explain(Words words, JsonObject request, Person person) throws FailedException {
        request.addProperty("acltype", words.oneOf("event", EVENTS));
        request.addProperty("topic", words.next("topic"));
        new Attributes()
                .text("username", "-u", "--username")
                .text("clientid", "-i", "--clientid")
                .apply(words, request);
    }
}
