// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.local.LocalSession;
import io.culex.api.local.LocalSessionRequest;
import io.culex.api.local.SubscribeOptions;
import io.culex.api.message.QoS;
import io.culex.core.local.LocalSessionsService;
import io.culex.testkit.Await;
import io.culex.testkit.Connect;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.Publish;
import io.culex.testkit.Subscribe;
import io.culex.testkit.WireClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TakeoverTest {
    private static final int PUBLISHERS = 3;

    private final Hall hall = new Hall();

    @AfterEach
    void stop() {
        hall.close();
    }

    @Test
    void theOldConnectionIsToldAndTheNewOneGoesOn() {
        for (int i = 0; i < 4; i++) {
            WireClient first = hall.connect(ProtocolVersion.V5, Connect.as("id").expiry(100));
            first.subscribe("t", 1);
            WireClient second = hall.open(ProtocolVersion.V5);
            second.send(Connect.as("id").resume().expiry(100), Publish.to("t", "behind CONNECT"));
            assertTrue(second.expectConnack().sessionPresent());
            second.expectPublish("behind CONNECT");
            first.expectDisconnect(0x8E);
            second.disconnect();
        }
    }

    @Test
    void aSessionThatEndsWithItsConnectionIsNotResumed() {
        WireClient first = hall.connect(ProtocolVersion.V311, Connect.as("id"));
        first.subscribe("t", 1);
        WireClient second = hall.open(ProtocolVersion.V311);
        second.send(Connect.as("id").resume());
        assertFalse(second.expectConnack().sessionPresent());
        assertEquals(-1, first.expectEnd());
        second.publish("t", "x", 0);
        second.expectNothing();
    }

    @Test
    void packetsBehindConnectAreReadInOrderWhereverTheSessionLives() {
        WireClient owner = hall.connect(ProtocolVersion.V5, Connect.as("id").expiry(100));
        owner.disconnect();
        for (int round = 0; round < 6; round++) {
            WireClient client = hall.open(ProtocolVersion.V5);
            List<io.culex.testkit.Packet> burst = new ArrayList<>();
            burst.add(Subscribe.to(1, "t/" + round, 0));
            for (int i = 0; i < 300; i++) {
                burst.add(Publish.to("t/" + round, "m" + i));
            }
            client.send(Connect.as("id").resume().expiry(100), burst.toArray(io.culex.testkit.Packet[]::new));
            assertTrue(client.expectConnack().sessionPresent());
            client.expectSuback(1);
            for (int i = 0; i < 300; i++) {
                client.expectPublish("m" + i);
            }
            client.disconnect();
        }
    }

    @Test
    void aCleanStartGetsNothingThatWasOnItsWayToTheOldSession() {
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Void> publisher = CompletableFuture.runAsync(() -> {
            WireClient client = hall.connect("publisher");
            while (!over.get()) {
                client.publish("t", "x", 1);
            }
        });
        try {
            for (int i = 0; i < 60; i++) {
                WireClient old =
                        hall.connect(ProtocolVersion.V5, Connect.as("id").expiry(100));
                old.subscribe("t", 1);
                WireClient fresh =
                        hall.connect(ProtocolVersion.V5, Connect.as("id").expiry(100));
                fresh.expectNothing();
                old.close();
                fresh.close();
            }
        } finally {
            over.set(true);
            publisher.join();
        }
    }

    @Test
    void aStormOfTakeoversLeavesOneSurvivorAndTheOrderOfEachPublisher() {
        Map<String, Integer> last = new ConcurrentHashMap<>();
        List<String> disorder = new ArrayList<>();
        LocalSessionsService local = new LocalSessionsService(hall.broker.broker());
        LocalSession watcher = local.open(LocalSessionRequest.system("watcher"), delivery -> {
                    String[] said = delivery.message().payload().asText().split(" ");
                    int number = Integer.parseInt(said[1]);
                    Integer before = last.put(said[0], number);
                    if (before != null && number != before + 1) {
                        disorder.add(said[0] + ": " + before + " then " + number);
                    }
                    delivery.done();
                })
                .toCompletableFuture()
                .join();
        watcher.request(Long.MAX_VALUE);
        watcher.subscribe("storm/+", SubscribeOptions.of(QoS.AT_LEAST_ONCE))
                .toCompletableFuture()
                .join();
        AtomicBoolean over = new AtomicBoolean();
        List<CompletableFuture<Integer>> publishers = new ArrayList<>();
        for (int i = 0; i < PUBLISHERS; i++) {
            String name = "p" + i;
            publishers.add(CompletableFuture.supplyAsync(() -> publish(name, over)));
        }
        List<CompletableFuture<Integer>> storm = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            storm.add(CompletableFuture.supplyAsync(this::connectAgainAndAgain));
        }
        int connected = storm.stream().mapToInt(CompletableFuture::join).sum();
        over.set(true);
        assertEquals(4 * 50, connected);
        for (int i = 0; i < PUBLISHERS; i++) {
            int sent = publishers.get(i).join();
            String name = "p" + i;
            Await.until("all of " + name, () -> last.getOrDefault(name, -1) == sent - 1);
        }
        assertEquals(List.of(), disorder);
        hall.awaitSessions(2 + PUBLISHERS);
        assertTrue(hall.session("same").isOnline());
        WireClient last1 = hall.connect(ProtocolVersion.V311, Connect.as("same"));
        last1.disconnect();
        hall.awaitSessions(1 + PUBLISHERS);
    }

    private int publish(String name, AtomicBoolean over) {
        WireClient client;
        synchronized (hall) {
            client = hall.connect(name);
        }
        int number = 0;
        while (!over.get()) {
            client.publish("storm/" + name, name + " " + number++, 1);
        }
        return number;
    }

    /** Each connection is lost to another thread's sooner or later; none is refused. */
    private int connectAgainAndAgain() {
        int connected = 0;
        for (int i = 0; i < 50; i++) {
            WireClient client;
            synchronized (hall) {
                client = hall.open(ProtocolVersion.V311);
            }
            client.send(
                    i % 2 == 0 ? Connect.as("same").resume() : Connect.as("same"),
                    Subscribe.to(1, "storm/+", 1),
                    Publish.to("storm", "x"));
            if (client.expectConnack().reason() == 0) {
                connected++;
            }
        }
        return connected;
    }
}
