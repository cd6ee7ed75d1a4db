// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.auth.Access;
import io.culex.api.auth.AuthAnswer;
import io.culex.api.auth.Authenticator;
import io.culex.api.config.BrokerSettings;
import io.culex.api.message.ReasonCode;
import io.culex.core.loop.Counter;
import io.culex.core.plugin.TestPlugins;
import io.culex.testkit.Await;
import io.culex.testkit.Connect;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.Publish;
import io.culex.testkit.Subscribe;
import io.culex.testkit.WireClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoginTest {
    /** MQTT 3.1.1, clean session, no Keep Alive, Client Identifier "a". */
    private static final byte[] CONNECT = {0x10, 13, 0, 4, 'M', 'Q', 'T', 'T', 4, 2, 0, 0, 0, 1, 'a'};

    /** To "t". */
    private static final byte[] PUBLISH = {0x30, 4, 0, 1, 't', 'x'};

    private final Hall hall = new Hall();

    @AfterEach
    void stop() {
        hall.close();
    }

    private static Authenticator answering(AuthAnswer answer) {
        return request -> CompletableFuture.completedFuture(answer);
    }

    private int refusal(ProtocolVersion version, String user) {
        WireClient client = hall.open(version);
        client.send(Connect.as("id").user(user).password("secret"));
        int reason = client.expectEnd();
        hall.awaitSessions(0);
        return reason;
    }

    @Test
    void thePluginDecidesWithItsCode() {
        hall.plugins.bind("login", (Authenticator) request -> CompletableFuture.completedFuture(
                switch (String.valueOf(request.username())) {
                    case "bob" -> AuthAnswer.ALLOW;
                    case "banned" -> new AuthAnswer.Deny(ReasonCode.BANNED, "");
                    default -> AuthAnswer.DENY;
                }));
        hall.take(BrokerSettings.DEFAULTS, "login");
        assertEquals(0x8A, refusal(ProtocolVersion.V5, "banned"));
        assertEquals(0x87, refusal(ProtocolVersion.V5, "eve"));
        assertEquals(5, refusal(ProtocolVersion.V311, "eve"));
        assertEquals(5, refusal(ProtocolVersion.V31, "banned"));
        for (ProtocolVersion version : ProtocolVersion.values()) {
            hall.connect(version, Connect.as("id").user("bob").password("secret"));
        }
        hall.awaitSessions(1);
    }

    @Test
    void aPluginThatFailsLetsNobodyIn() {
        hall.plugins.bind("login", (Authenticator) request -> {
            throw new IllegalStateException("a plugin of the test fails");
        });
        hall.take(BrokerSettings.DEFAULTS, "login");
        assertEquals(0x87, refusal(ProtocolVersion.V5, "bob"));
        assertEquals(1, hall.services().loops().sum(Counter.AUTH_ERROR));
        assertEquals(0, hall.services().loops().sum(Counter.AUTH_FAIL));
    }

    @Test
    void whatFollowsConnectWaitsForALateAnswer() {
        CompletableFuture<AuthAnswer> later = new CompletableFuture<>();
        List<String> asked = new CopyOnWriteArrayList<>();
        hall.plugins.bind("login", (Authenticator) request -> {
            asked.add(request.clientId());
            return later;
        });
        hall.take(BrokerSettings.DEFAULTS, "login");
        WireClient client = hall.open(ProtocolVersion.V5);
        client.send(Connect.as("id"), Subscribe.to(1, "t", 0), Publish.to("t", "first"), Publish.to("t", "second"));
        Await.until("the question", () -> !asked.isEmpty());
        assertEquals(0, hall.services().router().tree().count());
        later.complete(AuthAnswer.ALLOW);
        assertEquals(0, client.expectConnack().reason());
        client.expectSuback(1);
        client.expectPublish("first");
        client.expectPublish("second");
    }

    @Test
    void whoDoesNotWaitForTheAnswerIsNotReadFurther() throws IOException {
        CompletableFuture<AuthAnswer> later = new CompletableFuture<>();
        hall.plugins.bind("login", (Authenticator) request -> later);
        hall.take(BrokerSettings.DEFAULTS, "login");
        InetSocketAddress address = new InetSocketAddress("127.0.0.1", hall.broker.port());
        try (SocketChannel socket = SocketChannel.open(address);
                Selector room = Selector.open()) {
            socket.write(ByteBuffer.wrap(CONNECT));
            socket.configureBlocking(false);
            socket.register(room, SelectionKey.OP_WRITE);
            ByteBuffer pings = ByteBuffer.allocate(64 << 10);
            long most = 64 << 20;
            long sent = 0;
            while (sent < most && room.select(1000) > 0) {
                room.selectedKeys().clear();
                sent += socket.write(pings.clear());
            }
            assertTrue(sent < most, "everything was taken");
            long read = hall.services().loops().sum(Counter.BYTES_RECEIVED);
            assertTrue(read < 1 << 20, () -> read + " bytes were read");
        }
        later.complete(AuthAnswer.DENY);
        hall.awaitSessions(0);
    }

    /** A client may send behind its CONNECT [MQTT-3.1.4-5], and be gone before anyone has looked. */
    @Test
    void whatAClientSentBeforeItClosedCountsThoughItHeardNothing() throws IOException {
        hall.take(BrokerSettings.DEFAULTS);
        WireClient subscriber = hall.connect(ProtocolVersion.V5, Connect.as("subscriber"));
        subscriber.subscribe("t", 0);
        for (int i = 0; i < 50; i++) {
            InetSocketAddress address = new InetSocketAddress("127.0.0.1", hall.broker.port());
            try (SocketChannel socket = SocketChannel.open(address)) {
                sendsAndSaysNoMore(socket);
                subscriber.expectPublish("x");
            }
        }
        hall.awaitSessions(1);
    }

    private void sendsAndSaysNoMore(SocketChannel socket) throws IOException {
        socket.write(ByteBuffer.allocate(CONNECT.length + PUBLISH.length)
                .put(CONNECT)
                .put(PUBLISH)
                .flip());
        socket.shutdownOutput();
    }

    /** Each loop has seen by then what its sockets had to say before. */
    private void awaitLoops() {
        for (int i = 0; i < 4; i++) {
            WireClient other = hall.connect(ProtocolVersion.V311, Connect.as("other"));
            other.subscribe("other", 0);
            other.disconnect();
        }
    }

    @Test
    void whatAClientSentBeforeItClosedIsThereWhenThePluginAnswersLater() throws IOException {
        Queue<CompletableFuture<AuthAnswer>> asked = new ConcurrentLinkedQueue<>();
        hall.plugins.bind("login", (Authenticator) request -> {
            CompletableFuture<AuthAnswer> answer = new CompletableFuture<>();
            if (request.clientId().equals("a")) {
                asked.add(answer);
            } else {
                answer.complete(AuthAnswer.ALLOW);
            }
            return answer;
        });
        hall.take(BrokerSettings.DEFAULTS, "login");
        WireClient subscriber = hall.connect(ProtocolVersion.V5, Connect.as("subscriber"));
        subscriber.subscribe("t", 0);
        try (SocketChannel socket = SocketChannel.open(new InetSocketAddress("127.0.0.1", hall.broker.port()))) {
            sendsAndSaysNoMore(socket);
            Await.until("the question", () -> !asked.isEmpty());
            awaitLoops();
            asked.remove().complete(AuthAnswer.ALLOW);
            subscriber.expectPublish("x");
        }
        hall.awaitSessions(1);
    }

    @Test
    void aClientThatHasGoneDoesNotTakeTheSessionOfTheOneThatCameAfterIt() throws IOException {
        Queue<CompletableFuture<AuthAnswer>> asked = new ConcurrentLinkedQueue<>();
        hall.plugins.bind("login", (Authenticator) request -> {
            CompletableFuture<AuthAnswer> answer = new CompletableFuture<>();
            if (!request.clientId().equals("a")) {
                return CompletableFuture.completedFuture(AuthAnswer.ALLOW);
            }
            asked.add(answer);
            return answer;
        });
        hall.take(BrokerSettings.DEFAULTS, "login");
        try (SocketChannel socket = SocketChannel.open(new InetSocketAddress("127.0.0.1", hall.broker.port()))) {
            socket.write(ByteBuffer.wrap(CONNECT));
            Await.until("the question", () -> !asked.isEmpty());
            socket.shutdownOutput();
            awaitLoops();
            CompletableFuture<AuthAnswer> late = asked.remove();
            WireClient client = hall.open(ProtocolVersion.V5);
            client.send(Connect.as("a"));
            Await.until("the next question", () -> !asked.isEmpty());
            asked.remove().complete(AuthAnswer.ALLOW);
            assertEquals(0, client.expectConnack().reason());
            late.complete(AuthAnswer.ALLOW);
            awaitLoops();
            client.expectNothing();
        }
    }

    @Test
    void whatAClientSentBeforeItClosedIsThereWhenItsSessionWasElsewhere() throws IOException {
        hall.take(BrokerSettings.DEFAULTS);
        WireClient subscriber = hall.connect(ProtocolVersion.V5, Connect.as("subscriber"));
        subscriber.subscribe("t", 0);
        InetSocketAddress address = new InetSocketAddress("127.0.0.1", hall.broker.port());
        for (int i = 0; i < 50; i++) {
            try (SocketChannel before = SocketChannel.open(address);
                    SocketChannel socket = SocketChannel.open(address)) {
                before.write(ByteBuffer.wrap(CONNECT));
                sendsAndSaysNoMore(socket);
                subscriber.expectPublish("x");
            }
        }
    }

    @Test
    void theAnswerOfAPluginThatWasReplacedIsVoid() {
        CompletableFuture<AuthAnswer> pending = new CompletableFuture<>();
        CompletableFuture<Void> asked = new CompletableFuture<>();
        TestPlugins.Bound old = hall.plugins.bind("login", (Authenticator) request -> {
            asked.complete(null);
            return pending;
        });
        hall.take(BrokerSettings.DEFAULTS, "login");
        WireClient client = hall.open(ProtocolVersion.V5);
        client.send(Connect.as("id"));
        asked.join();
        CompletableFuture<Void> gone = CompletableFuture.runAsync(old::unbind);
        Await.until("the gate to close", () -> !hall.broker
                .registry()
                .current()
                .get()
                .scope("door")
                .gate()
                .isOpen());
        pending.complete(AuthAnswer.ALLOW);
        gone.join();
        hall.plugins.bind("login", answering(new AuthAnswer.Deny(ReasonCode.BANNED, "")));
        client.expectEnd(0x8A);
        hall.awaitSessions(0);
    }

    @Test
    void aDeniedPublishIsRefusedInWordsOfTheVersion() {
        Hall.Acl acl = new Hall.Acl(Access.WRITE);
        hall.plugins.bind("acl", acl);
        hall.take(BrokerSettings.DEFAULTS, "acl");
        WireClient v5 = hall.connect("five");
        WireClient v3 = hall.connect(ProtocolVersion.V311, Connect.as("three"));
        v5.subscribe("t", 0);
        assertEquals(0x87, v5.publish("t", "no", 1));
        assertEquals(0x87, v5.publish("t", "no", 2));
        assertEquals(0, v3.publish("t", "no", 1));
        assertEquals(0, v3.publish("t", "no", 2));
        v5.expectNothing();
        acl.deny(Access.UNSUBSCRIBE);
        assertEquals(0, v3.publish("t", "yes", 2));
        v5.expectPublish("yes");
        assertEquals(0x87, v5.unsubscribe("t").reasons().get(0));
        acl.deny(Access.SUBSCRIBE);
        assertEquals(0x87, v5.subscribe("x", 0));
        assertEquals(0x80, v3.subscribe("x", 0));
        assertTrue(hall.services().router().tree().count() == 1);
    }

    @Test
    void aConnectionThatEndsWhileItIsDecidedLeavesNothing() {
        CompletableFuture<AuthAnswer> later = new CompletableFuture<>();
        CompletableFuture<Void> asked = new CompletableFuture<>();
        hall.plugins.bind("login", (Authenticator) request -> {
            asked.complete(null);
            return later;
        });
        hall.take(BrokerSettings.DEFAULTS, "login");
        WireClient client = hall.open(ProtocolVersion.V5);
        client.send(Connect.as("id"));
        asked.join();
        client.reset();
        later.complete(AuthAnswer.ALLOW);
        hall.awaitSessions(0);
        hall.connect("other");
        hall.awaitSessions(1);
    }
}
