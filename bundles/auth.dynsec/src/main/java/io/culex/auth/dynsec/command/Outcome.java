// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.culex.auth.dynsec.json.Members;
import io.culex.auth.dynsec.model.Configuration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What came of a request. Belongs to the thread that carried it out. */
public final class Outcome {
    private static final long FULL = 16L << 20;
    private static final String MASK = "******";

    private final Kicks kicks = new Kicks();
    private final List<Reply> replies = new ArrayList<>();
    private Configuration after;
    private long length;
    private int changes;

    /**
     * What came of one command.
     *
     * @param command as the answer names it
     * @param changed whether it has changed something
     * @param error why it was refused; null: it was done
     * @param data of the answer; null: none
     * @param correlation the request's {@code correlationData}; null: none
     * @param summary the command and its arguments for a log, passwords masked
     */
    public record Reply(
            String command,
            boolean changed,
            @Nullable String error,
            @Nullable JsonObject data,
            @Nullable String correlation,
            String summary) {}

    Outcome(Configuration before) {
        this.after = before;
    }

    void after(Configuration now) {
        after = now;
    }

    void done(Command command, String name, @Nullable JsonObject data, @Nullable String correlation, Members members) {
        changes += command.changes() ? 1 : 0;
        length += data == null ? 0 : Answer.length(data);
        replies.add(new Reply(name, command.changes(), null, data, correlation, summary(command.name(), members)));
    }

    /** Whether so much is answered that nothing more can be asked in this request; a single answer is as long as it must be. */
    boolean isFull() {
        return length > FULL;
    }

    void refused(String name, String error, @Nullable String correlation) {
        replies.add(new Reply(name, false, error, null, correlation, name));
    }

    void refused(String name, String error, @Nullable String correlation, Members members) {
        replies.add(new Reply(name, false, error, null, correlation, summary(name, members)));
    }

    /** The configuration with the changes. */
    public Configuration after() {
        return after;
    }

    /** How many commands have changed something. */
    public int changes() {
        return changes;
    }

    /** Whose connections end. */
    public Kicks kicks() {
        return kicks;
    }

    /** What came of each command, in order. */
    public List<Reply> replies() {
        return Collections.unmodifiableList(replies);
    }

    /** The answer: {@code {"responses":[...]}}. */
    public String body() {
        return body(null);
    }

    /**
     * The answer when the changes could not be kept: commands that changed something have failed for that reason, and
     * {@link #after} counts for nothing.
     */
    public String bodyAfter(String failure) {
        return body(failure);
    }

    private String body(@Nullable String failure) {
        JsonArray responses = new JsonArray();
        for (Reply reply : replies) {
            JsonObject response = new JsonObject();
            response.addProperty("command", reply.command());
            String error = failure != null && reply.changed() ? failure : reply.error();
            if (error != null) {
                response.addProperty("error", error);
            } else if (reply.data() != null) {
                response.add("data", reply.data());
            }
            Answer.add(response, "correlationData", reply.correlation());
            responses.add(response);
        }
        JsonObject body = new JsonObject();
        body.add("responses", responses);
        return body.toString();
    }

    private static String summary(String name, Members members) {
        StringBuilder line = new StringBuilder(name);
        for (Map.Entry<String, JsonElement> member : members.object().entrySet()) {
            String key = member.getKey();
            if (key.equals("command") || key.equals("correlationdata")) {
                continue;
            }
            line.append(" | ")
                    .append(key)
                    .append('=')
                    .append(key.contains("password") ? MASK : text(member.getValue()));
        }
        return line.toString();
    }

    private static String text(JsonElement value) {
        if (!value.isJsonPrimitive()) {
            return value.toString();
        }
        return value.getAsJsonPrimitive().isNumber() ? String.valueOf(value.getAsLong()) : value.getAsString();
    }
}
