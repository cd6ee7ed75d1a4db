// SPDX-License-Identifier: Apache-2.0
package io.culex.control.broker;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request: {@code {"commands":[{"command":"listPlugins"}, ...]}} and its answer (SPEC D.1), which ends where it would be longer than
 * {@link #LONGEST}: a request that names a command many times must not become a message that nobody can take. Belongs to one thread.
 */
final class Request {
    private static final String UNKNOWN = "Unknown command";
    private static final int DEPTH = 32;
    private static final int LONGEST = 1 << 20;

    /** Without the command's name and correlation data, which may be what is too long. */
    private static final String TOO_LONG = "{\"command\":\"" + UNKNOWN + "\",\"error\":\"Answer too long\"}";

    private final Listing listing;
    private final StringBuilder responses = new StringBuilder();
    private boolean full;

    Request(Listing listing) {
        this.listing = listing;
    }

    String answer(String body) {
        JsonElement root = parse(body);
        JsonElement commands = root == null ? null : member(root, "commands");
        if (root == null) {
            error(UNKNOWN, "Payload not valid JSON", null);
        } else if (commands == null || !commands.isJsonArray()) {
            error(UNKNOWN, "Invalid/missing commands", null);
        } else {
            for (JsonElement command : commands.getAsJsonArray()) {
                if (!run(command) || full) {
                    break;
                }
            }
        }
        return "{\"responses\":[" + responses + "]}";
    }

    /** Null when it is no JSON. */
    private static @Nullable JsonElement parse(String body) {
        try {
            JsonReader reader = new JsonReader(new StringReader(body));
            reader.setStrictness(Strictness.STRICT);
            reader.setNestingLimit(DEPTH);
            JsonElement root = JsonParser.parseReader(reader);
            return reader.peek() == JsonToken.END_DOCUMENT ? root : null;
        } catch (JsonParseException | IOException e) {
            // The answer says so; there is nothing more to tell.
            return null;
        }
    }

    /** Names of members are the same in any case of their letters. */
    private static @Nullable JsonElement member(JsonElement object, String name) {
        if (!object.isJsonObject()) {
            return null;
        }
        for (Map.Entry<String, JsonElement> member : object.getAsJsonObject().entrySet()) {
            if (member.getKey().equalsIgnoreCase(name)) {
                return member.getValue();
            }
        }
        return null;
    }

    private static @Nullable String text(@Nullable JsonElement element) {
        boolean isText = element != null
                && element.isJsonPrimitive()
                && element.getAsJsonPrimitive().isString();
        return isText && element != null ? element.getAsString() : null;
    }

    /** False when it was malformed. */
    private boolean run(JsonElement command) {
        if (!command.isJsonObject()) {
            error(UNKNOWN, "Command not an object", null);
            return false;
        }
        String name = text(member(command, "command"));
        if (name == null) {
            error(UNKNOWN, "Missing command", null);
            return false;
        }
        JsonElement correlationData = member(command, "correlationData");
        String correlation = text(correlationData);
        if (correlationData != null && correlation == null) {
            error(name, "Invalid correlationData data type.", null);
            return false;
        }
        switch (name.toLowerCase(Locale.ROOT)) {
            case "listplugins" -> data("listPlugins", listing.plugins(), correlation);
            case "listlisteners" -> data("listListeners", listing.listeners(), correlation);
            default -> error(name, UNKNOWN, correlation);
        }
        return true;
    }

    private void data(String command, JsonObject data, @Nullable String correlation) {
        JsonObject response = new JsonObject();
        response.addProperty("command", command);
        response.add("data", data);
        add(response, correlation);
    }

    private void error(String command, String error, @Nullable String correlation) {
        JsonObject response = new JsonObject();
        response.addProperty("command", command);
        response.addProperty("error", error);
        add(response, correlation);
    }

    private void add(JsonObject response, @Nullable String correlation) {
        if (correlation != null) {
            response.addProperty("correlationData", correlation);
        }
        String text = response.toString();
        full = responses.length() + text.length() > LONGEST;
        responses.append(responses.isEmpty() ? "" : ",").append(full ? TOO_LONG : text);
    }
}
