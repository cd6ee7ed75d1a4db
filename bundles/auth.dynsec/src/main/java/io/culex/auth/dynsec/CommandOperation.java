// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.culex.api.admin.Operation;
import io.culex.auth.dynsec.command.Command;
import io.culex.auth.dynsec.command.Outcome;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A command as an operation: its name with hyphens, lists as {@code name,name:priority}, ACLs as JSON. It becomes a request like
 * those that come over {@code $CONTROL}.
 */
final class CommandOperation implements Operation {
    private static final String BY = "console";

    private final String scope;
    private final Command command;
    private final Requests requests;

    CommandOperation(String scope, Command command, Requests requests) {
        this.scope = scope;
        this.command = command;
        this.requests = requests;
    }

    @Override
    public String scope() {
        return scope;
    }

    @Override
    public String name() {
        return command.name()
                .replaceAll("([a-z])([A-Z])", "$1-$2")
                .replaceAll("([A-Z])([A-Z][a-z])", "$1-$2")
                .toLowerCase(Locale.ROOT);
    }

    @Override
    public String description() {
        return command.description();
    }

    @Override
    public List<Argument> arguments() {
        return command.arguments().stream()
                .map(argument -> new Argument(
                        argument.name(), argument.description() + form(argument.kind()), argument.required()))
                .toList();
    }

    private static String form(Command.Kind kind) {
        return switch (kind) {
            case TEXT, NUMBER -> "";
            case FLAG -> " (true or false)";
            case ROLES, GROUPS, CLIENTS -> " (name,name:priority)";
            case ACLS -> " (JSON array of objects)";
        };
    }

    @Override
    public CompletionStage<List<String>> run(Map<String, String> arguments) {
        String body;
        try {
            body = request(arguments);
        } catch (RefusedException e) {
            return CompletableFuture.failedFuture(e);
        }
        return requests.run(BY, body).thenCompose(result -> {
            result.afterwards().run();
            String error = result.failure();
            if (error == null && !result.replies().isEmpty()) {
                error = result.replies().get(0).error();
            }
            return error == null
                    ? CompletableFuture.completedFuture(lines(result.replies()))
                    : CompletableFuture.failedFuture(new RefusedException(error));
        });
    }

    private static List<String> lines(List<Outcome.Reply> replies) {
        JsonObject data = replies.isEmpty() ? null : replies.get(0).data();
        return data == null ? List.of() : JsonLines.of(data);
    }

    private String request(Map<String, String> arguments) throws RefusedException {
        JsonObject object = new JsonObject();
        object.addProperty("command", command.name());
        for (Command.Argument argument : command.arguments()) {
            String value = arguments.get(argument.name());
            if (value != null) {
                object.add(argument.name(), ArgumentText.read(argument, value));
            }
        }
        JsonArray commands = new JsonArray();
        commands.add(object);
        JsonObject body = new JsonObject();
        body.add("commands", commands);
        return body.toString();
    }
}
