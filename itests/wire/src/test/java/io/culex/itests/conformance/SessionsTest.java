// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.conformance;

import static io.culex.testkit.ProtocolVersion.V311;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.itests.Setup;
import io.culex.itests.Spec;
import io.culex.itests.Spec3;
import io.culex.itests.Uses;
import io.culex.itests.Wire;
import io.culex.itests.WireExtension;
import io.culex.testkit.Ack;
import io.culex.testkit.Await;
import io.culex.testkit.PacketType;
import io.culex.testkit.Publish;
import io.culex.testkit.WireClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WireExtension.class)
class SessionsTest {
    @Test
    @Spec({"MQTT-3.1.2-23", "MQTT-4.5.0-1", "MQTT-4.1.0-1"})
    void keepsMessagesForWhoIsAway(Wire wire) {
        WireClient first = wire.connect(wire.as("c").expiry(60));
        first.subscribe(wire.topic("a"), 2);
        first.reset();
        WireClient publisher = wire.v5("p");
        publisher.publish(wire.topic("a"), "1", 1);
        publisher.publish(wire.topic("a"), "2", 2);
        WireClient again = wire.connect(wire.as("c").resume().expiry(60));
        assertEquals(1, again.acknowledge(again.expectPublish("1")).qos());
        assertEquals(2, again.acknowledge(again.expectPublish("2")).qos());
        again.expectNothing();
    }

    @Test
    @Spec3({"MQTT-3.1.2-4", "MQTT-3.1.2-5", "MQTT-4.1.0-1"})
    void keepsTheSessionOfVersion311WithoutLimit(Wire wire) {
        WireClient first = wire.connect(V311, wire.as("c").resume());
        first.subscribe(wire.topic("a"), 1);
        first.disconnect();
        wire.v5("p").publish(wire.topic("a"), "1", 1);
        WireClient again = wire.open(V311);
        assertTrue(again.connect(wire.as("c").resume()).sessionPresent());
        again.acknowledge(again.expectPublish("1"));
    }

    @Test
    @Spec3("MQTT-3.1.2-6")
    void endsACleanSessionOfVersion311WithItsConnection(Wire wire) {
        WireClient first = wire.v311("c");
        first.subscribe(wire.topic("a"), 1);
        first.disconnect();
        assertFalse(wire.open(V311).connect(wire.as("c").resume()).sessionPresent());
    }

    @Test
    @Spec("MQTT-4.1.0-2")
    void endsASessionWithoutExpiryWithItsConnection(Wire wire) {
        wire.v5("c").disconnect();
        assertFalse(wire.open().connect(wire.as("c").resume()).sessionPresent());
        wire.connect(wire.as("d").expiry(0)).reset();
        assertFalse(wire.open().connect(wire.as("d").resume()).sessionPresent());
    }

    @Test
    @Spec("MQTT-4.1.0-2")
    void discardsASessionWhenItsExpiryIntervalHasPassed(Wire wire) {
        WireClient first = wire.connect(wire.as("c").expiry(1));
        first.subscribe(wire.topic("a"), 1);
        first.disconnect();
        Await.pass(Duration.ofSeconds(3));
        assertFalse(wire.open().connect(wire.as("c").resume()).sessionPresent());
    }

    @Test
    @Spec("MQTT-4.1.0-1")
    void keepsASessionPastItsIntervalWhileItIsConnected(Wire wire) {
        WireClient client = wire.connect(wire.as("c").expiry(1));
        client.subscribe(wire.topic("a"), 1);
        client.expectSilence(Duration.ofSeconds(3));
        client.publish(wire.topic("a"), "x", 1);
        client.acknowledge(client.expectPublish("x"));
    }

    @Test
    @Spec("MQTT-3.1.2-23")
    void takesTheExpiryIntervalOfTheLatestConnect(Wire wire) {
        wire.connect(wire.as("c").expiry(60)).disconnect();
        wire.connect(wire.as("c").resume()).disconnect();
        assertFalse(wire.open().connect(wire.as("c").resume()).sessionPresent());
    }

    @Test
    @Spec("MQTT-3.1.2-23")
    void neverExpiresWithTheHighestInterval(Wire wire) {
        wire.connect(wire.as("c").expiry(0xFFFFFFFFL)).disconnect();
        assertTrue(wire.open().connect(wire.as("c").resume()).sessionPresent());
    }

    @Test
    @Spec({"MQTT-4.4.0-1", "MQTT-3.3.1-1", "MQTT-4.3.2-3", "MQTT-4.3.3-3"})
    @Spec3({"MQTT-4.4.0-1", "MQTT-3.3.1-1", "MQTT-4.6.0-1"})
    void resendsWhatWasNotAcknowledged(Wire wire) {
        WireClient first = wire.connect(wire.as("c").expiry(60));
        first.subscribe(wire.topic("a"), 2);
        WireClient publisher = wire.v5("p");
        publisher.publish(wire.topic("a"), "1", 1);
        publisher.publish(wire.topic("a"), "2", 2);
        publisher.publish(wire.topic("a"), "3", 1);
        Publish one = first.expectPublish("1");
        Publish two = first.expectPublish("2");
        Publish three = first.expectPublish("3");
        first.reset();
        WireClient again = wire.connect(wire.as("c").resume().expiry(60));
        for (Publish sent : new Publish[] {one, two, three}) {
            Publish resent = again.expectPublish(sent.text());
            assertEquals(sent.id(), resent.id());
            assertTrue(resent.dup());
            assertEquals(sent.qos(), resent.qos());
        }
        again.acknowledge(one);
        again.acknowledge(two);
        again.acknowledge(three);
        again.expectNothing();
    }

    @Test
    @Spec("MQTT-4.4.0-1")
    @Spec3("MQTT-4.4.0-1")
    void resendsToVersion311Too(Wire wire) {
        WireClient first = wire.connect(V311, wire.as("c").resume());
        first.subscribe(wire.topic("a"), 1);
        wire.v5("p").publish(wire.topic("a"), "1", 1);
        Publish sent = first.expectPublish("1");
        first.reset();
        Publish resent = wire.connect(V311, wire.as("c").resume()).expectPublish("1");
        assertTrue(resent.dup());
        assertEquals(sent.id(), resent.id());
    }

    @Test
    @Spec("MQTT-4.4.0-1")
    void doesNotResendOnALivingConnection(Wire wire) {
        WireClient client = wire.v5("c");
        client.subscribe(wire.topic("a"), 1);
        client.publish(wire.topic("a"), "x", 1);
        client.expectPublish("x");
        client.expectSilence(Duration.ofMillis(1500));
    }

    @Test
    @Spec("MQTT-4.4.0-1")
    void goesOnWhereTheTakenOverConnectionStopped(Wire wire) {
        WireClient first = wire.connect(wire.as("c").expiry(60));
        first.subscribe(wire.topic("a"), 1);
        wire.v5("p").publish(wire.topic("a"), "1", 1);
        Publish sent = first.expectPublish("1");
        WireClient second = wire.connect(wire.as("c").resume().expiry(60));
        Publish resent = second.expectPublish("1");
        assertEquals(sent.id(), resent.id());
        second.acknowledge(resent);
        second.expectNothing();
    }

    @Test
    @Spec("MQTT-4.3.3-10")
    void keepsTheReceivedIdentifiersOfQos2(Wire wire) {
        WireClient first = wire.connect(wire.as("c").expiry(60));
        first.subscribe(wire.topic("a"), 0);
        first.send(Publish.to(wire.topic("a"), "x").qos(2, 5));
        first.expectAck(PacketType.PUBREC, 5);
        first.reset();
        WireClient again = wire.connect(wire.as("c").resume().expiry(60));
        again.send(Ack.pubrel(5));
        assertEquals(0, again.expectAck(PacketType.PUBCOMP, 5).reason());
    }

    @Test
    @Spec("MQTT-4.5.0-1")
    void keepsNoMessageOfQos0ForWhoIsAway(Wire wire) {
        WireClient first = wire.connect(wire.as("c").expiry(60));
        first.subscribe(wire.topic("a"), 2);
        first.disconnect();
        WireClient publisher = wire.v5("p");
        publisher.publish(wire.topic("a"), "lost", 0);
        publisher.publish(wire.topic("a"), "kept", 1);
        wire.connect(wire.as("c").resume().expiry(60)).expectPublish("kept");
    }

    @Test
    @Uses(Setup.LIMITED)
    @Spec("MQTT-4.5.0-1")
    void dropsTheNewestWhenTheQueueOfWhoIsAwayIsFull(Wire wire) {
        WireClient first = wire.connect(wire.as("c").expiry(60));
        first.subscribe(wire.topic("a"), 1);
        first.disconnect();
        WireClient publisher = wire.v5("p");
        for (int i = 1; i <= 9; i++) {
            publisher.publish(wire.topic("a"), "m" + i, 1);
        }
        WireClient again = wire.connect(wire.as("c").resume().expiry(60));
        for (int i = 1; i <= 4; i++) {
            again.acknowledge(again.expectPublish("m" + i));
        }
        again.expectNothing();
    }

    @Test
    @Spec("MQTT-3.1.3-2")
    void carriesASessionFromOneVersionToAnother(Wire wire) {
        WireClient old = wire.connect(V311, wire.as("c").resume());
        old.subscribe(wire.topic("a"), 1);
        old.disconnect();
        wire.v5("p").publish(wire.topic("a"), "1", 1);
        WireClient again = wire.open();
        assertTrue(again.connect(wire.as("c").resume().expiry(60)).sessionPresent());
        again.acknowledge(again.expectPublish("1"));
    }
}
