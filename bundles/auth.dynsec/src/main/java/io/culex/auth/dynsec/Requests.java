// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.culex.api.log.LogType;
import io.culex.auth.dynsec.command.Commands;
import io.culex.auth.dynsec.command.Environment;
import io.culex.auth.dynsec.command.Kicks;
import io.culex.auth.dynsec.command.Outcome;
import io.culex.auth.dynsec.model.TieOrder;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Requests to one file, in order: carried out, kept, answered, logged. Any thread; does not block. */
final class Requests {
    private final LiveFile file;
    private final Commands commands = new Commands();
    private final LongAdder carriedOut = new LongAdder();
    private final LongAdder refused = new LongAdder();

    Requests(LiveFile file) {
        this.file = file;
    }

    /**
     * What came of a request.
     *
     * @param body of the answer
     * @param replies to the commands; empty when there were none
     * @param failure why changes were not kept; null: they were
     * @param afterwards disconnects those whom it concerns; to be run when the answer is on its way
     */
    record Result(String body, List<Outcome.Reply> replies, @Nullable String failure, Runnable afterwards) {}

    Commands commands() {
        return commands;
    }

    /** How many commands were carried out. */
    long carriedOut() {
        return carriedOut.sum();
    }

    /** How many commands were refused. */
    long refused() {
        return refused.sum();
    }

    /**
     * Carries out a request.
     *
     * @param by who asks, for the log
     */
    CompletionStage<Result> run(String by, String body) {
        return file.submit(settings -> carryOut(by, body, settings));
    }

    private Result carryOut(String by, String body, Settings settings) {
        State before = file.state();
        if (before.broken() != null) {
            refused.increment();
            return new Result(error(before.broken()), List.of(), before.broken(), () -> {});
        }
        Outcome outcome = commands.run(before.configuration(), body, new Surroundings(settings));
        String failure = null;
        if (outcome.changes() > 0) {
            try {
                file.change(outcome.after(), settings);
            } catch (IOException e) {
                failure = "Unable to write the configuration, nothing was changed: " + e.getMessage();
                file.log().log(LogType.ERROR, "Error: dynsec: " + failure);
            }
        }
        audit(by, outcome, failure);
        Kicks kicks = outcome.kicks();
        boolean kicked = failure == null && !kicks.isEmpty();
        return new Result(
                failure == null ? outcome.body() : outcome.bodyAfter(failure),
                outcome.replies(),
                failure,
                kicked ? () -> file.kick(kicks, settings) : () -> {});
    }

    private void audit(String by, Outcome outcome, @Nullable String failure) {
        for (Outcome.Reply reply : outcome.replies()) {
            String error = failure != null && reply.changed() ? failure : reply.error();
            (error == null ? carriedOut : refused).increment();
            LogType type = reply.changed() || error != null ? LogType.INFORMATION : LogType.DEBUG;
            if (file.log().enabled(type)) {
                file.log().log(
                        type, "dynsec: " + by + " | " + reply.summary() + (error == null ? "" : " | error=" + error));
            }
        }
    }

    private static String error(String text) {
        JsonObject response = new JsonObject();
        response.addProperty("command", "Unknown command");
        response.addProperty("error", text);
        JsonArray responses = new JsonArray();
        responses.add(response);
        JsonObject body = new JsonObject();
        body.add("responses", responses);
        return body.toString();
    }

    /** Of one request: who is connected is asked at most once. */
    private final class Surroundings implements Environment {
        private final Settings settings;
        private @Nullable Map<String, List<String>> connections;

        Surroundings(Settings settings) {
            this.settings = settings;
        }

        @Override
        public String hash(String password) {
            return LiveFile.hash(password, settings.iterations());
        }

        @Override
        public List<String> connections(String username) {
            Map<String, List<String>> known = connections;
            if (known == null) {
                known = file.broker().connections();
                connections = known;
            }
            return known.getOrDefault(username, List.of());
        }

        @Override
        public TieOrder tieOrder() {
            return settings.order();
        }
    }
}
