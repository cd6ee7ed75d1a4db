// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.takeover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.itests.Spec;
import io.culex.itests.Wire;
import io.culex.itests.WireExtension;
import io.culex.testkit.Ack;
import io.culex.testkit.Connack;
import io.culex.testkit.Packet;
import io.culex.testkit.PacketType;
import io.culex.testkit.Ping;
import io.culex.testkit.Publish;
import io.culex.testkit.Subscribe;
import io.culex.testkit.WireClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many connections for one Client Identifier, one after the other and all at once. */
@ExtendWith(WireExtension.class)
class TakeoverStormTest {
    private static final int PUBLISHERS = 3;
    private static final int MESSAGES = 400;

    @Test
    @Spec({"MQTT-3.1.4-3", "MQTT-4.6.0-5", "MQTT-4.4.0-1"})
    void keepsTheOrderOfEachPublisherAndLosesNothing(Wire wire) {
        Random random = new Random(7);
        WireClient receiver = wire.connect(wire.as("r").expiry(60));
        receiver.subscribe(wire.topic("a"), 1);
        List<CompletableFuture<Void>> publishing = new ArrayList<>();
        for (int p = 0; p < PUBLISHERS; p++) {
            WireClient publisher = wire.v5("p" + p);
            int number = p;
            publishing.add(CompletableFuture.runAsync(() -> publishAll(wire, publisher, number)));
        }
        Sequences sequences = new Sequences(PUBLISHERS);
        while (!sequences.complete(MESSAGES)) {
            for (int i = random.nextInt(40); i >= 0 && !sequences.complete(MESSAGES); i--) {
                sequences.note(receiver.acknowledge(receiver.expectPublish()));
            }
            receiver = wire.connect(wire.as("r").resume().expiry(60));
        }
        publishing.forEach(CompletableFuture::join);
    }

    @Test
    @Spec("MQTT-3.1.4-3")
    void leavesOneConnectionWhenManyComeAtOnce(Wire wire) {
        WireClient watcher = wire.v5("w");
        watcher.subscribe(wire.topic("#"), 1);
        Set<String> answered = ConcurrentHashMap.newKeySet();
        List<WireClient> connections = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            connections.add(wire.open());
        }
        List<CompletableFuture<Boolean>> storm = new ArrayList<>();
        for (int i = 0; i < connections.size(); i++) {
            int number = i;
            storm.add(CompletableFuture.supplyAsync(
                    () -> connectAndPublish(wire, connections.get(number), number, answered)));
        }
        long alive = storm.stream().filter(CompletableFuture::join).count();
        assertTrue(alive >= 1, "no connection was served");
        WireClient last = wire.connect(wire.as("same").resume().expiry(60));
        last.subscribe(wire.topic("end"), 1);
        last.publish(wire.topic("end"), "end", 1);
        last.acknowledge(last.expectPublish("end"));
        assertEquals(Set.of(), missing(watcher, answered));
        for (WireClient old : connections) {
            assertEnded(old);
        }
        last.expectNothing();
    }

    @Test
    @Spec("MQTT-3.1.4-5")
    void handlesWhatIsPipelinedBehindEachConnect(Wire wire) {
        for (int i = 0; i < 50; i++) {
            WireClient client = wire.open();
            client.send(
                    wire.as("same").resume().expiry(60),
                    Subscribe.to(1, wire.topic("a"), 1),
                    Publish.to(wire.topic("a"), "m" + i).qos(1, 2),
                    new Ping(PacketType.PINGREQ));
            assertEquals(i > 0, client.expectConnack().sessionPresent());
            client.expectSuback(1);
            client.expectAck(PacketType.PUBACK, 2);
            client.acknowledge(expectPublishBesidePing(client, "m" + i));
        }
    }

    private static void publishAll(Wire wire, WireClient publisher, int number) {
        for (int i = 0; i < MESSAGES; i++) {
            publisher.publish(wire.topic("a"), number + ":" + i, 1);
        }
    }

    /** True when the connection is still alive after its PUBLISH was acknowledged. */
    private static boolean connectAndPublish(Wire wire, WireClient client, int number, Set<String> answered) {
        try {
            String text = "storm" + number;
            client.send(
                    wire.as("same").resume().expiry(60),
                    Publish.to(wire.topic("s"), text).qos(1, 1));
            if (client.receive() instanceof Connack connack && connack.reason() == 0) {
                client.expectAck(PacketType.PUBACK, 1);
                answered.add(text);
                return true;
            }
            return false;
        } catch (AssertionError takenOver) {
            return false;
        }
    }

    private static Set<String> missing(WireClient watcher, Set<String> answered) {
        Set<String> missing = new HashSet<>(answered);
        Publish publish = watcher.acknowledge(watcher.expectPublish());
        while (!publish.text().equals("end")) {
            missing.remove(publish.text());
            publish = watcher.acknowledge(watcher.expectPublish());
        }
        return missing;
    }

    private static void assertEnded(WireClient old) {
        try {
            while (true) {
                Packet packet = old.receive(Duration.ofSeconds(5));
                assertTrue(packet.type() != PacketType.PINGRESP, "an older connection is still served");
            }
        } catch (AssertionError end) {
            assertTrue(end.getMessage().contains("closed"), end.getMessage());
        }
    }

    private static Publish expectPublishBesidePing(WireClient client, String text) {
        boolean pinged = false;
        Publish found = null;
        while (found == null || !pinged) {
            Packet packet = client.receive();
            if (packet instanceof Publish publish && publish.text().equals(text)) {
                found = publish;
            } else if (packet instanceof Publish again) {
                client.send(Ack.puback(again.id()));
            } else {
                assertEquals(PacketType.PINGRESP, packet.type());
                pinged = true;
            }
        }
        return found;
    }
}
