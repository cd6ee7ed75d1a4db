// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.stream.MalformedJsonException;
import io.culex.auth.dynsec.json.Json;
import io.culex.auth.dynsec.json.Members;
import io.culex.auth.dynsec.model.Configuration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All commands, and how a request with some of them is carried out (SPEC D.1). Immutable; any thread. */
public final class Commands {
    private static final String UNKNOWN = "Unknown command";

    private final Map<String, Command> byName = new LinkedHashMap<>();

    /** All of them. */
    public Commands() {
        Queries.addTo(this::add);
        ClientCommands.addTo(this::add);
        GroupCommands.addTo(this::add);
        RoleCommands.addTo(this::add);
        Explanations.addTo(this::add);
    }

    private void add(Command command) {
        byName.put(lower(command.name()), command);
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** All of them, questions first. */
    public Collection<Command> all() {
        return Collections.unmodifiableCollection(byName.values());
    }

    /**
     * Carries out a request: {@code {"commands":[{"command":"name", ...}, ...]}}. After a command that is refused the next ones
     * are still carried out; after one that is malformed, none. Once the answer is long, questions are refused: a small request
     * must not become an answer that fills the memory.
     *
     * @param before what it is carried out on; stays as it is
     * @param body the request as it was sent
     */
    public Outcome run(Configuration before, String body, Environment environment) {
        Draft draft = new Draft(before);
        Outcome outcome = new Outcome(before);
        JsonArray commands = commands(body, outcome);
        if (commands != null) {
            for (JsonElement command : commands) {
                if (!run(command, draft, environment, outcome)) {
                    break;
                }
            }
        }
        outcome.after(draft.view());
        return outcome;
    }

    private static @Nullable JsonArray commands(String body, Outcome outcome) {
        try {
            JsonElement root = Json.parse(body);
            JsonElement commands = root.isJsonObject() ? root.getAsJsonObject().get("commands") : null;
            if (commands == null || !commands.isJsonArray()) {
                outcome.refused(UNKNOWN, "Invalid/missing commands", null);
                return null;
            }
            return commands.getAsJsonArray();
        } catch (MalformedJsonException e) {
            outcome.refused(UNKNOWN, "Payload not valid JSON", null);
            return null;
        }
    }

    /** False when it was malformed. */
    private boolean run(JsonElement element, Draft draft, Environment environment, Outcome outcome) {
        if (!element.isJsonObject()) {
            outcome.refused(UNKNOWN, "Command not an object", null);
            return false;
        }
        Members members = new Members(element.getAsJsonObject(), "");
        String name = textOrNull(members, "command");
        if (name == null) {
            outcome.refused(UNKNOWN, "Missing command", null);
            return false;
        }
        String correlation = textOrNull(members, "correlationdata");
        if (correlation == null && members.has("correlationdata")) {
            outcome.refused(name, "Invalid correlationData data type.", null);
            return false;
        }
        Command command = byName.get(lower(name));
        if (command == null) {
            outcome.refused(name, UNKNOWN, correlation);
            return true;
        }
        if (outcome.isFull() && !command.changes()) {
            outcome.refused(name, "Answer too long", correlation);
            return true;
        }
        run(command, name, new Call(draft, members, environment, outcome.kicks()), correlation, outcome);
        return true;
    }

    private static void run(Command command, String name, Call call, @Nullable String correlation, Outcome outcome) {
        try {
            JsonObject data = command.run(call);
            if (command.changes()) {
                call.draft().changed();
            }
            outcome.done(command, data == null ? name : command.name(), data, correlation, call.members());
        } catch (RefusedException e) {
            outcome.refused(name, e.error(), correlation, call.members());
        } catch (Members.FaultException e) {
            outcome.refused(name, "Invalid/missing " + e.member(), correlation, call.members());
        }
    }

    private static @Nullable String textOrNull(Members members, String member) {
        try {
            return members.text(member);
        } catch (Members.FaultException e) {
            return null;
        }
    }
}
