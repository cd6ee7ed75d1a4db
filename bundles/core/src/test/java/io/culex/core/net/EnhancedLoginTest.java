// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.auth.Access;
import io.culex.api.auth.AuthRequest;
import io.culex.api.auth.EnhancedAuthenticator;
import io.culex.api.config.BrokerSettings;
import io.culex.api.message.Payload;
import io.culex.api.message.ReasonCode;
import io.culex.core.plugin.TestPlugins;
import io.culex.testkit.Auth;
import io.culex.testkit.Connack;
import io.culex.testkit.Connect;
import io.culex.testkit.Disconnect;
import io.culex.testkit.PropertyId;
import io.culex.testkit.PropertyList;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.Publish;
import io.culex.testkit.WireClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EnhancedLoginTest {
    private static final int CONTINUE = 0x18;
    private static final int AGAIN = 0x19;

    private final Hall hall = new Hall();
    private TestPlugins.Bound bound = hall.plugins.bind("scram", new Dialogue());

    /** Says {@code q}, and lets in who answers {@code a}; to {@code silence} it has no answer. */
    private static final class Dialogue implements EnhancedAuthenticator {
        @Override
        public String method() {
            return "M";
        }

        @Override
        public Exchange begin(AuthRequest request) {
            return data -> {
                String said = data == null ? "" : data.asText();
                if (said.equals("silence")) {
                    return new CompletableFuture<>();
                }
                return CompletableFuture.completedFuture(
                        switch (said) {
                            case "a" -> new Step.Success("bob", Payload.of("bye"));
                            case "long" -> new Step.Continue(Payload.of("q".repeat(100)));
                            case "wrong" -> new Step.Failure(ReasonCode.BANNED);
                            default -> new Step.Continue(Payload.of("q"));
                        });
            };
        }
    }

    @BeforeEach
    void start() {
        hall.take(BrokerSettings.DEFAULTS, "scram");
    }

    @AfterEach
    void stop() {
        hall.close();
    }

    private static Connect connect(String id) {
        return Connect.as(id).with(PropertyId.AUTH_METHOD, "M").with(PropertyId.AUTH_DATA, bytes("hello"));
    }

    private static Auth auth(int reason, String data) {
        return new Auth(reason, PropertyList.of(PropertyId.AUTH_METHOD, "M").with(PropertyId.AUTH_DATA, bytes(data)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void expectQuestion(WireClient client) {
        Auth question = client.expect(Auth.class);
        assertEquals(CONTINUE, question.reason());
        assertEquals(
                "q",
                new String(question.properties().binary(PropertyId.AUTH_DATA).orElseThrow(), StandardCharsets.UTF_8));
        assertEquals("M", question.properties().string(PropertyId.AUTH_METHOD).orElseThrow());
    }

    private WireClient loggedIn(String id) {
        WireClient client = hall.open(ProtocolVersion.V5);
        client.send(connect(id));
        expectQuestion(client);
        client.send(auth(CONTINUE, "a"));
        Connack connack = client.expectConnack();
        assertEquals(0, connack.reason());
        assertEquals(
                "bye",
                new String(connack.properties().binary(PropertyId.AUTH_DATA).orElseThrow(), StandardCharsets.UTF_8));
        return client;
    }

    @Test
    void anExchangeEndsWithTheVerifiedName() {
        loggedIn("id").expectNothing();
        assertEquals("bob", hall.session("id").subject().username());
    }

    @Test
    void aWrongAnswerIsRefused() {
        WireClient client = hall.open(ProtocolVersion.V5);
        client.send(connect("id"));
        expectQuestion(client);
        client.send(auth(CONTINUE, "wrong"));
        client.expectEnd(0x8A);
        hall.awaitSessions(0);
    }

    @Test
    void aQuestionThatIsLargerThanTheClientTakesEndsTheExchange() {
        WireClient exact = hall.open(ProtocolVersion.V5);
        exact.send(connect("id").with(PropertyId.MAXIMUM_PACKET_SIZE, 12));
        expectQuestion(exact);
        WireClient small = hall.open(ProtocolVersion.V5);
        small.send(connect("id").with(PropertyId.MAXIMUM_PACKET_SIZE, 11));
        small.expectEnd(0x95);
        WireClient again = hall.open(ProtocolVersion.V5);
        again.send(connect("id").with(PropertyId.MAXIMUM_PACKET_SIZE, 50));
        expectQuestion(again);
        again.send(auth(CONTINUE, "a"));
        assertEquals(0, again.expectConnack().reason());
        again.send(auth(AGAIN, "long"));
        again.expectEnd(0x95);
    }

    @Test
    void anUnknownMethodIsRefused() {
        WireClient client = hall.open(ProtocolVersion.V5);
        client.send(Connect.as("id").with(PropertyId.AUTH_METHOD, "other"));
        client.expectEnd(0x8C);
    }

    @Test
    void untilConnackNothingElseMayCome() {
        for (io.culex.testkit.Packet early :
                new io.culex.testkit.Packet[] {Publish.to("t", "x"), Disconnect.NORMAL, connect("id")}) {
            WireClient client = hall.open(ProtocolVersion.V5);
            client.send(connect("id"));
            expectQuestion(client);
            client.send(early);
            assertEquals(-1, client.expectEnd());
        }
        hall.awaitSessions(0);
    }

    @Test
    void aClientMayProveItselfAgainWhileItGoesOn() {
        WireClient client = loggedIn("id");
        client.subscribe("t", 0);
        client.send(auth(AGAIN, "hello"));
        expectQuestion(client);
        client.publish("t", "between", 0);
        client.expectPublish("between");
        client.send(auth(CONTINUE, "a"));
        assertEquals(0, client.expect(Auth.class).reason());
        client.expectNothing();
        client.send(auth(AGAIN, "wrong"));
        client.expectDisconnect(0x87);
    }

    @Test
    void anotherMethodOrAContinuationOfNothingIsAnError() {
        WireClient client = loggedIn("id");
        client.send(new Auth(AGAIN, PropertyList.of(PropertyId.AUTH_METHOD, "other")));
        client.expectDisconnect(0x82);
        WireClient second = loggedIn("id");
        second.send(auth(CONTINUE, "a"));
        second.expectDisconnect(0x82);
        WireClient plain = hall.open(ProtocolVersion.V311);
        plain.send(Connect.as("plain"));
        assertEquals(0, plain.expectConnack().reason());
    }

    @Test
    void anExchangeWithAPluginThatWasReplacedIsVoid() {
        WireClient client = hall.open(ProtocolVersion.V5);
        client.send(connect("id"));
        expectQuestion(client);
        bound.unbind();
        bound = hall.plugins.bind("scram", new Dialogue());
        client.send(auth(CONTINUE, "a"));
        client.expectEnd(0x88);
        hall.awaitSessions(0);
    }

    @Test
    void anExchangeGoesOnWhileAnotherPluginIsReplaced() {
        TestPlugins.Bound acl = hall.plugins.bind("acl", new Hall.Acl(Access.UNSUBSCRIBE));
        hall.take(BrokerSettings.DEFAULTS, "scram", "acl");
        WireClient client = hall.open(ProtocolVersion.V5);
        client.send(connect("id"));
        expectQuestion(client);
        acl.unbind();
        client.send(auth(CONTINUE, "a"));
        client.expectSilence(Duration.ofMillis(100));
        hall.plugins.bind("acl", new Hall.Acl(Access.UNSUBSCRIBE));
        assertEquals(0, client.expectConnack().reason());
    }

    @Test
    void whoProvesItselfAgainToAPluginThatWentMayTryOnceMore() {
        WireClient client = loggedIn("id");
        client.send(auth(AGAIN, "hello"));
        expectQuestion(client);
        bound.unbind();
        bound = hall.plugins.bind("scram", new Dialogue());
        client.send(auth(AGAIN, "hello"));
        expectQuestion(client);
        bound.unbind();
        bound = hall.plugins.bind("scram", new Dialogue());
        client.send(auth(CONTINUE, "a"));
        client.expectDisconnect(0x89);
    }

    private static BrokerSettings connectWithin(Duration time) {
        return BrokerSettings.DEFAULTS.with(new BrokerSettings.Sessions(
                true, Duration.ZERO, Duration.ZERO, false, false, time, Duration.ofSeconds(10)));
    }

    @Test
    void aSecondProofThatThePluginDoesNotAnswerEndsTheConnection() {
        WireClient begun = loggedIn("begun");
        WireClient asked = loggedIn("asked");
        hall.take(connectWithin(Duration.ofMillis(200)), "scram");
        begun.send(auth(AGAIN, "silence"));
        begun.expectDisconnect(0x89);
        asked.send(auth(AGAIN, "hello"));
        expectQuestion(asked);
        asked.send(auth(CONTINUE, "silence"));
        asked.expectDisconnect(0x89);
    }

    @Test
    void theTimeOfASecondProofIsThePluginsNotTheClients() {
        WireClient client = loggedIn("id");
        hall.take(connectWithin(Duration.ofMillis(200)), "scram");
        client.send(auth(AGAIN, "hello"));
        expectQuestion(client);
        client.expectSilence(Duration.ofMillis(400));
        client.send(auth(CONTINUE, "a"));
        assertEquals(0, client.expect(Auth.class).reason());
        client.expectSilence(Duration.ofMillis(400));
    }

    @Test
    void whatFollowsASecondProofIsReadThoughTheClientHasGoneMeanwhile() {
        WireClient subscriber = loggedIn("subscriber");
        subscriber.subscribe("t", 1);
        WireClient client = loggedIn("id");
        bound.unbind();
        client.send(Publish.to("t", "before"), auth(AGAIN, "a"), Publish.to("t", "behind"));
        client.endOutput();
        // Both loops have seen by then what came in before.
        for (int i = 0; i < 2; i++) {
            hall.open(ProtocolVersion.V5).send(connect("other" + i));
        }
        hall.broker.settle();
        bound = hall.plugins.bind("scram", new Dialogue());
        subscriber.expectPublish("before");
        subscriber.expectPublish("behind");
    }

    @Test
    void nobodyLogsInWhileAnotherPluginIsMissing() {
        hall.take(Hall.swapTimeout(Duration.ofMillis(50)), "scram", "acl");
        WireClient client = hall.open(ProtocolVersion.V5);
        client.send(connect("id"));
        client.expectEnd(0x88);
    }

    @Test
    void anExchangeInOneBreathFindsASessionOnAnotherLoop() {
        for (int i = 0; i < 20; i++) {
            WireClient client = hall.open(ProtocolVersion.V5);
            client.send(
                    connect("id").resume().expiry(100),
                    auth(CONTINUE, "a"),
                    io.culex.testkit.Subscribe.to(1, "t", 0),
                    Publish.to("t", "x"));
            expectQuestion(client);
            assertEquals(i > 0, client.expectConnack().sessionPresent());
            client.expectSuback(1);
            client.expectPublish("x");
        }
        assertTrue(hall.services().directory().size() == 1);
    }
}
