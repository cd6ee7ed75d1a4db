// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.culex.api.message.ReasonCode;
import io.culex.cli.ctrl.command.Module;
import io.culex.cli.ctrl.option.Options;
import io.culex.cli.ctrl.option.OptionsReader;
import io.culex.cli.ctrl.outcome.ExitStatus;
import io.culex.cli.ctrl.outcome.FailedException;
import io.culex.codec.Properties;
import io.culex.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The exchange over {@code $CONTROL}, with a broker that does what a test wants. */
class ControlTopicsTest {
    private static final String RESPONSE = "$CONTROL/dynamic-security/v1/response";

    private static Options options(int port, String... more) throws FailedException {
        List<String> arguments =
                new ArrayList<>(List.of("-h", "127.0.0.1", "-p", Integer.toString(port), "--timeout", "5"));
        arguments.addAll(List.of(more));
        return new OptionsReader(Map.of()).read(arguments).options();
    }

    private static JsonObject ask(ScriptedBroker broker, String... more) throws FailedException {
        JsonObject request = new JsonObject();
        request.addProperty("command", "listClients");
        try (ControlTopics topics = ControlTopics.open(options(broker.port(), more), file -> new char[0], line -> {})) {
            return topics.answer(Module.DYNSEC, request);
        }
    }

    private static FailedException failure(ScriptedBroker broker, String... more) {
        return assertThrows(FailedException.class, () -> ask(broker, more));
    }

    private static String answer(String correlation, String word) {
        return "{\"responses\":[{\"command\":\"listClients\",\"data\":\"" + word + "\",\"correlationData\":\""
                + correlation + "\"}]}";
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "2"})
    void passesOverTheAnswersToOthers(String qos) throws Exception {
        try (ScriptedBroker broker = new ScriptedBroker() {
            @Override
            void request(String topic, String body) {
                send("some/topic", "no answer at all");
                send(RESPONSE, answer("another", "theirs"));
                send(RESPONSE, "{\"responses\":[{\"command\":\"getRole\"}]}");
                send(RESPONSE, "{\"responses\":[{\"command\":\"listClients\",\"data\":\"theirs\"}]}");
                send(RESPONSE, answer(correlation(body), "ours"));
            }
        }) {
            assertEquals("ours", ask(broker, "-q", qos).get("data").getAsString());
            assertTrue(broker.seen.contains("PUBLISH $CONTROL/dynamic-security/v1 " + qos + " " + RESPONSE));
            Await.until("the goodbye", () -> broker.seen.contains("DISCONNECT"));
            assertTrue(broker.seen.contains("PUBACK"), "messages at QoS 1 are acknowledged");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"31", "311", "5"})
    void believesTheNameOfTheCommandWhereNothingElseComesBack(String version) throws Exception {
        try (ScriptedBroker broker = new ScriptedBroker() {
            @Override
            void request(String topic, String body) {
                send(RESPONSE, "{\"responses\":[{\"command\":\"LISTCLIENTS\",\"data\":\"ours\"}]}");
            }
        }) {
            assertEquals("ours", ask(broker, "-V", version).get("data").getAsString());
            boolean v5 = version.equals("5");
            assertTrue(broker.seen.get(0).matches(v5 ? "CONNECT  null" : "CONNECT mosq-[0-9A-Za-z]{18} null"));
        }
    }

    @Test
    void saysWhoItIs() throws Exception {
        try (ScriptedBroker broker = new ScriptedBroker() {
            @Override
            void request(String topic, String body) {
                send(RESPONSE, answer(correlation(body), "ours"));
            }
        }) {
            ask(broker, "-i", "me", "-u", "bob", "-P", "x");
            assertEquals("CONNECT me bob", broker.seen.get(0));
        }
    }

    @Test
    void tellsWhenNobodyServesTheTopic() throws IOException {
        try (ScriptedBroker broker = new ScriptedBroker() {
            @Override
            void request(String topic, String body) {
                send(RESPONSE, "{\"error\": \"endpoint not available\"}");
            }
        }) {
            FailedException e = failure(broker);
            assertEquals("Error: endpoint not available.", e.text());
            assertEquals(ExitStatus.REFUSED_COMMAND, e.status());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "\"x\""})
    void refusesWhatIsNoJson(String body) throws IOException {
        try (ScriptedBroker broker = new ScriptedBroker() {
            @Override
            void request(String topic, String request) {
                send(RESPONSE, body);
            }
        }) {
            assertEquals("Error: Payload not JSON.", failure(broker).text());
        }
    }

    @Test
    void refusesWhatIsNoAnswer() throws IOException {
        try (ScriptedBroker broker = new ScriptedBroker() {
            @Override
            void request(String topic, String request) {
                send(RESPONSE, "{\"responses\":{}}");
            }
        }) {
            assertEquals("Error: Payload missing data.", failure(broker).text());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"error\":{}}", "{\"error\":null}", "{\"error\":[]}"})
    void refusesAnErrorThatIsNoText(String body) throws IOException {
        try (ScriptedBroker broker = new ScriptedBroker() {
            @Override
            void request(String topic, String request) {
                send(RESPONSE, body);
            }
        }) {
            FailedException e = failure(broker);
            assertEquals("Error: Payload missing data.", e.text());
            assertEquals(ExitStatus.PROTOCOL, e.status());
        }
    }

    @Test
    void sendsSignsOfLifeAsOftenAsTheBrokerWants() throws Exception {
        try (ScriptedBroker broker = new ScriptedBroker() {
            @Override
            Properties connackProperties() {
                return Properties.builder().serverKeepAlive(1).build();
            }
        }) {
            ControlTopics topics = ControlTopics.open(options(broker.port()), file -> new char[0], line -> {});
            try (topics) {
                assertTimeout(
                        Duration.ofSeconds(15),
                        () -> Await.until("pings", () -> Collections.frequency(broker.seen, "PINGREQ") > 4));
            }
        }
    }

    @Test
    void takesABrokerThatAnswersNoPingsForGone() throws Exception {
        try (ScriptedBroker broker = new ScriptedBroker() {
            @Override
            Properties connackProperties() {
                return Properties.builder().serverKeepAlive(1).build();
            }

            @Override
            public void pingreq() {}

            @Override
            void request(String topic, String body) {}
        }) {
            FailedException e = failure(broker, "-q", "0");
            assertEquals("Error: The connection was lost: the broker does not answer pings.", e.text());
            assertEquals(ExitStatus.LOST, e.status());
        }
    }

    @Test
    void namesTheReasonOfARefusal() throws IOException {
        try (ScriptedBroker broker = new ScriptedBroker() {
            @Override
            int connackCode() {
                return 0x87;
            }
        }) {
            FailedException e = failure(broker);
            assertEquals("Connection error: Not authorized", e.text());
            assertEquals(ExitStatus.REFUSED_CONNECTION, e.status());
        }
        try (ScriptedBroker broker = new ScriptedBroker() {
            @Override
            int connackCode() {
                return 4;
            }
        }) {
            assertEquals(
                    "Connection error: Connection Refused: bad user name or password.",
                    failure(broker, "-V", "311").text());
        }
    }

    @Test
    void namesTheReasonWhyItMayNotListen() throws IOException {
        try (ScriptedBroker broker = new ScriptedBroker() {
            @Override
            int subackCode() {
                return 0x87;
            }
        }) {
            FailedException e = failure(broker);
            assertEquals("Subscribe error: Not authorized", e.text());
            assertEquals(ExitStatus.NO_ACCESS, e.status());
        }
        try (ScriptedBroker broker = new ScriptedBroker() {
            @Override
            int subackCode() {
                return 0x80;
            }
        }) {
            assertEquals(
                    "Subscribe error: Subscription refused.",
                    failure(broker, "-V", "311").text());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void namesTheReasonWhyItMayNotAsk(String qos) throws IOException {
        try (ScriptedBroker broker = new ScriptedBroker() {
            @Override
            ReasonCode acknowledgement() {
                return ReasonCode.NOT_AUTHORIZED;
            }

            @Override
            void request(String topic, String body) {}
        }) {
            FailedException e = failure(broker, "-q", qos);
            assertEquals("Publish error: Not authorized", e.text());
            assertEquals(ExitStatus.NO_ACCESS, e.status());
        }
    }

    @Test
    void doesNotWaitForeverForAnAnswer() throws IOException {
        try (ScriptedBroker broker = new ScriptedBroker() {
            @Override
            void request(String topic, String body) {}
        }) {
            FailedException e = failure(broker, "--timeout", "1");
            assertEquals("Error: Timed out: no answer within 1 s.", e.text());
            assertEquals(ExitStatus.TIMEOUT, e.status());
        }
    }

    @Test
    void tellsWhenTheConnectionEnds() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread closing = new Thread(() -> {
                try {
                    server.accept().close();
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            closing.start();
            Options options = options(server.getLocalPort());
            FailedException e = assertThrows(
                    FailedException.class, () -> ControlTopics.open(options, file -> new char[0], line -> {}));
            assertTrue(e.text().startsWith("Error: The connection was lost"), e.text());
            assertEquals(ExitStatus.LOST, e.status());
            closing.join();
        }
    }

    @Test
    void aServerThatIsSilentInTheHandshakeIsGivenUp() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            for (String[] more : new String[][] {
                {"--psk", "ab", "--psk-identity", "me"},
                {"--tls-use-os-certs"},
                {"-L", "ws://127.0.0.1:" + silent.getLocalPort()},
                {"--proxy", "socks5h://127.0.0.1:" + silent.getLocalPort()}
            }) {
                List<String> all = new ArrayList<>(List.of(more));
                all.addAll(List.of("--timeout", "1"));
                Options options = options(silent.getLocalPort(), all.toArray(String[]::new));
                FailedException e = assertThrows(
                        FailedException.class, () -> ControlTopics.open(options, file -> new char[0], line -> {}));
                assertEquals(ExitStatus.TIMEOUT, e.status(), e.text());
                assertTrue(e.text().endsWith(": Timed out."), e.text());
            }
        }
    }
}
