// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.net;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.culex.cli.ctrl.outcome.ExitStatus;
import io.culex.cli.ctrl.outcome.FailedException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one request, among those that come on a topic for everyone. The one with its number is; the first without a number, and
 * with the name of its command, may be: it is another's whose request had none, or that of a broker that does not give numbers back.
 */
final class AnswerSearch implements Session.Answers<JsonObject> {
    /** Where the number of a request stands in it, and in its answer. */
    static final String NUMBER = "correlationData";

    private final String responseTopic;
    private final String command;
    private final String number;
    private final Consumer<String> debug;
    private @Nullable JsonObject unnumbered;

    AnswerSearch(String responseTopic, String command, String number, Consumer<String> debug) {
        this.responseTopic = responseTopic;
        this.command = command;
        this.number = number;
        this.debug = debug;
    }

    @Override
    public Optional<JsonObject> in(String topic, byte[] payload) throws FailedException {
        return topic.equals(responseTopic) ? find(new String(payload, StandardCharsets.UTF_8)) : Optional.empty();
    }

    @Override
    public Optional<JsonObject> perhaps() {
        return Optional.ofNullable(unnumbered);
    }

    private Optional<JsonObject> find(String text) throws FailedException {
        debug.accept("Response " + text);
        JsonObject body = object(text);
        if (body.get("error") instanceof JsonPrimitive error) {
            throw new FailedException(ExitStatus.REFUSED_COMMAND, "Error: " + error.getAsString() + ".");
        }
        if (!(body.get("responses") instanceof JsonArray responses)) {
            throw new FailedException(ExitStatus.PROTOCOL, "Error: Payload missing data.");
        }
        for (JsonElement each : responses) {
            if (each instanceof JsonObject response && isIt(response)) {
                return Optional.of(response);
            }
        }
        return Optional.empty();
    }

    private static JsonObject object(String text) throws FailedException {
        try {
            return JsonParser.parseString(text).getAsJsonObject();
        } catch (JsonParseException | IllegalStateException e) {
            throw new FailedException(ExitStatus.PROTOCOL, "Error: Payload not JSON.", e);
        }
    }

    /** Whether it is the answer; keeps the first that may be. */
    private boolean isIt(JsonObject response) {
        JsonElement given = response.get(NUMBER);
        if (given != null) {
            return given.isJsonPrimitive() && given.getAsString().equals(number);
        }
        JsonElement name = response.get("command");
        if (unnumbered == null
                && name != null
                && name.isJsonPrimitive()
                && name.getAsString().equalsIgnoreCase(command)) {
            unnumbered = response;
        }
        return false;
    }
}
