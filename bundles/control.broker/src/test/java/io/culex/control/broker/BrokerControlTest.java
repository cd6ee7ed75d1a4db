// SPDX-License-Identifier: Apache-2.0
package io.culex.control.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.auth.Peer;
import io.culex.api.auth.PluginProperties;
import io.culex.api.auth.Subject;
import io.culex.api.config.BrokerSettings;
import io.culex.api.config.Generation;
import io.culex.api.config.ListenerSettings;
import io.culex.api.control.ControlTopic;
import io.culex.api.message.Message;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrokerControlTest {
    private static final Subject ADMIN = new Subject("ctrl", "admin", Peer.of("1883", null));

    private final BrokerControl control = new BrokerControl();

    private static ListenerSettings listener(
            int port, @Nullable String host, @Nullable String path, String protocol, Map<String, String> stages) {
        return new ListenerSettings(
                "name" + port,
                new ListenerSettings.Binding(port, host, path, null, ListenerSettings.Family.ANY),
                protocol,
                ListenerSettings.Clients.DEFAULTS,
                ListenerSettings.Access.CLOSED,
                stages);
    }

    private void commit(boolean enabled) {
        BrokerSettings given = BrokerSettings.DEFAULTS;
        BrokerSettings settings = new BrokerSettings(
                given.limits(), given.sessions(), given.retain(), given.sysInterval(), enabled, false, given.log());
        control.commit(new Generation(
                        1,
                        "run",
                        settings,
                        List.of(
                                listener(1883, null, null, "mqtt", Map.of()),
                                listener(8883, "192.0.2.1", null, "websockets", Map.of("certfile", "x")),
                                listener(0, null, "/run/m.sock", "mqtt", Map.of()),
                                listener(8080, null, null, "http_api", Map.of())))
                .with(Map.of("mosquitto_dynamic_security", 1L, "mine", 1L, "connection home", 1L)));
    }

    @BeforeEach
    void bind() {
        control.bindTopic(
                new ControlTopic() {
                    @Override
                    public String topic() {
                        return "$CONTROL/dynamic-security/v1";
                    }

                    @Override
                    public CompletionStage<Answer> request(Subject requester, Message request) {
                        throw new UnsupportedOperationException();
                    }
                },
                Map.of(PluginProperties.NAME, "mosquitto_dynamic_security"));
        commit(true);
    }

    private ControlTopic.Answer ask(String body) {
        CompletableFuture<ControlTopic.Answer> answer =
                control.request(ADMIN, Message.of(control.topic(), body)).toCompletableFuture();
        return answer.join();
    }

    @Test
    void listenersAreListed() {
        ControlTopic.Answer answer = ask("{\"commands\":[{\"command\":\"listListeners\",\"correlationData\":\"7\"}]}");
        assertEquals(ControlTopic.Audience.SUBSCRIBERS, answer.audience());
        assertEquals(
                "{\"responses\":[{\"command\":\"listListeners\",\"data\":{\"listeners\":["
                        + "{\"port\":1883,\"protocol\":\"mqtt\",\"tls\":false},"
                        + "{\"port\":8883,\"protocol\":\"mqtt+websockets\",\"bind-address\":\"192.0.2.1\",\"tls\":true},"
                        + "{\"port\":0,\"protocol\":\"mqtt\",\"socket-path\":\"/run/m.sock\",\"tls\":false},"
                        + "{\"port\":8080,\"tls\":false}]},\"correlationData\":\"7\"}]}",
                answer.body());
    }

    @Test
    void pluginsAreListedWithTheirTopics() {
        assertEquals(
                "{\"responses\":[{\"command\":\"listPlugins\",\"data\":{\"plugins\":[{\"name\":\"mine\"},"
                        + "{\"name\":\"dynamic-security\",\"control-endpoints\":[\"$CONTROL/dynamic-security/v1\"]}]}}]}",
                ask("{\"Commands\":[{\"COMMAND\":\"LISTPLUGINS\"}]}").body());
    }

    @Test
    void nothingIsSaidUnlessItIsEnabled() {
        commit(false);
        ControlTopic.Answer answer = ask("{\"commands\":[{\"command\":\"listPlugins\"}]}");
        assertEquals("{\"error\": \"endpoint not available\"}", answer.body());
        assertEquals(ControlTopic.Audience.REQUESTER, answer.audience());
    }

    /** Else a request of a few megabytes is answered to every subscriber with more than a packet can carry. */
    @Test
    void anAnswerEndsWhereItWouldGrowTooLong() {
        String request = "{\"commands\":[" + "{\"command\":\"listListeners\"},".repeat(20_000)
                + "{\"command\":\"listPlugins\"}]}";
        String answer = ask(request).body();
        assertTrue(answer.length() < 1_100_000, "length " + answer.length());
        assertTrue(answer.endsWith(",{\"command\":\"Unknown command\",\"error\":\"Answer too long\"}]}"), "its end");
        assertTrue(answer.startsWith("{\"responses\":[{\"command\":\"listListeners\",\"data\""), "its beginning");
    }

    @Test
    void whatIsEchoedCountsToo() {
        String endless = "x".repeat(600_000);
        String answer = ask("{\"commands\":[{\"command\":\"" + endless + "\"},{\"command\":\"" + endless
                        + "\",\"correlationData\":\"7\"},{\"command\":\"listPlugins\"}]}")
                .body();
        assertEquals(
                "{\"responses\":[{\"command\":\"" + endless + "\",\"error\":\"Unknown command\"},"
                        + "{\"command\":\"Unknown command\",\"error\":\"Answer too long\"}]}",
                answer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            x                                 | "Unknown command","error":"Payload not valid JSON"
            {"commands":[]}{}                 | "Unknown command","error":"Payload not valid JSON"
            []                                | "Unknown command","error":"Invalid/missing commands"
            {"commands":1}                    | "Unknown command","error":"Invalid/missing commands"
            {"commands":[1]}                  | "Unknown command","error":"Command not an object"
            {"commands":[{}]}                 | "Unknown command","error":"Missing command"
            {"commands":[{"command":"other"}]} | "other","error":"Unknown command"
            {"commands":[{"command":"other","correlationData":1}]} | "other","error":"Invalid correlationData data type."
            """)
    void whatIsNoRequestIsRefused(String body, String response) {
        assertEquals(
                "{\"responses\":[{\"command\":" + response + "}]}", ask(body).body());
    }
}
