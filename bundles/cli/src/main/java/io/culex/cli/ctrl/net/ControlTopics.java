// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.net;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.culex.cli.ctrl.command.Module;
import io.culex.cli.ctrl.command.Responder;
import io.culex.cli.ctrl.option.Options;
import io.culex.cli.ctrl.outcome.FailedException;
import io.culex.codec.Properties;
import io.culex.codec.ProtocolVersion;
import io.culex.security.tls.KeyPassword;
import java.io.Closeable;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * A broker that is asked over its {@code $CONTROL} topics (SPEC D.1). Answers go to everyone who listens there, so each request
 * carries a number of its own, and answers to others are passed over.
 */
public final class ControlTopics implements Responder, Closeable {
    private final Session session;
    private final boolean v5;
    private final Consumer<String> debug;

    private ControlTopics(Session session, boolean v5, Consumer<String> debug) {
        this.session = session;
        this.v5 = v5;
        this.debug = debug;
    }

    /**
     * Connects; blocks.
     *
     * @param password of an encrypted key
     * @param debug takes lines about packets and requests
     * @throws FailedException when there is no connection, or the broker refuses the client
     */
    public static ControlTopics open(Options options, KeyPassword password, Consumer<String> debug)
            throws FailedException {
        boolean v5 = options.conversation().version() == ProtocolVersion.MQTT_5;
        return new ControlTopics(Session.open(options, password, debug), v5, debug);
    }

    @Override
    public JsonObject answer(Module module, JsonObject request) throws FailedException {
        // It only has to differ from those of others; a SecureRandom would be the slowest part of it all.
        String correlation = Long.toHexString(ThreadLocalRandom.current().nextLong());
        JsonObject numbered = request.deepCopy();
        numbered.addProperty(AnswerSearch.NUMBER, correlation);
        JsonArray commands = new JsonArray();
        commands.add(numbered);
        JsonObject body = new JsonObject();
        body.add("commands", commands);
        session.subscribe(module.responseTopic());
        return session.exchange(
                module.topic(),
                v5 ? properties(module, correlation) : Properties.NONE,
                body.toString().getBytes(StandardCharsets.UTF_8),
                new AnswerSearch(module.responseTopic(), request.get("command").getAsString(), correlation, debug));
    }

    private static Properties properties(Module module, String correlation) {
        return Properties.builder()
                .responseTopic(module.responseTopic())
                .correlationData(correlation.getBytes(StandardCharsets.US_ASCII))
                .build();
    }

    @Override
    public void close() {
        session.close();
    }
}
