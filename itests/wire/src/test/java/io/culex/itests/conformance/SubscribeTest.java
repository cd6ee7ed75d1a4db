// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.conformance;

import static io.culex.itests.RawConnect.bytes;
import static io.culex.testkit.ProtocolVersion.V311;
import static io.culex.testkit.ProtocolVersion.V5;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.itests.Refusals;
import io.culex.itests.Spec;
import io.culex.itests.Spec3;
import io.culex.itests.Wire;
import io.culex.itests.WireExtension;
import io.culex.testkit.Disconnect;
import io.culex.testkit.Packet;
import io.culex.testkit.PropertyId;
import io.culex.testkit.PropertyList;
import io.culex.testkit.Publish;
import io.culex.testkit.Suback;
import io.culex.testkit.Subscribe;
import io.culex.testkit.WireClient;
import io.culex.testkit.WireWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WireExtension.class)
class SubscribeTest {
    private static final int SUBSCRIBE = 0x82;

    @Test
    @Spec("MQTT-3.8.1-1")
    @Spec3("MQTT-3.8.1-1")
    void withOtherFlagsIsMalformed(Wire wire) {
        for (int flags : new int[] {0, 1, 3, 6, 10}) {
            byte[] packet = Subscribe.to(1, wire.topic("a"), 0).encode(V5);
            packet[0] = (byte) (0x80 | flags);
            Refusals.of(wire, packet);
            byte[] old = Subscribe.to(1, wire.topic("a"), 0).encode(V311);
            old[0] = (byte) (0x80 | flags);
            Refusals.ofVersion3(wire, old);
        }
    }

    @Test
    @Spec({"MQTT-3.8.3-1", "MQTT-4.7.3-2"})
    @Spec3("MQTT-3.8.3-1")
    void refusesFiltersThatAreNoGoodStrings(Wire wire) {
        for (byte[] filter : List.of(bytes('a', 0), bytes(0xC0, 0xAF), bytes(0xED, 0xA0, 0x80))) {
            Refusals.of(wire, new WireWriter().u16(1).u8(0).binary(filter).u8(0).toPacket(SUBSCRIBE), 0x8F);
            Refusals.ofVersion3(
                    wire, new WireWriter().u16(1).binary(filter).u8(0).toPacket(SUBSCRIBE));
        }
    }

    @Test
    @Spec("MQTT-3.8.3-2")
    @Spec3("MQTT-3.8.3-3")
    void refusesAPacketWithoutFilter(Wire wire) {
        Refusals.of(wire, bytes(SUBSCRIBE, 3, 0, 1, 0));
        Refusals.ofVersion3(wire, bytes(SUBSCRIBE, 2, 0, 1));
    }

    @Test
    @Spec("MQTT-3.8.3-3")
    void doesNotSendToItselfWithNoLocal(Wire wire) {
        WireClient client = wire.v5("c");
        client.subscribe(wire.topic("a"), Subscribe.NO_LOCAL);
        client.publish(wire.topic("a"), "own", 0);
        wire.v5("other").publish(wire.topic("a"), "other's", 1);
        client.expectPublish("other's");
    }

    @Test
    @Spec({"MQTT-3.8.3-4", "MQTT-4.13.1-1"})
    void refusesNoLocalOnASharedSubscription(Wire wire) {
        wire.notMosquitto("takes it");
        Refusals.of(wire, Subscribe.to(1, "$share/g/" + wire.topic("a"), Subscribe.NO_LOCAL));
    }

    @Test
    @Spec("MQTT-3.8.3-5")
    @Spec3("MQTT-3.8.3-4")
    void refusesReservedBitsOfTheOptions(Wire wire) {
        for (int options : new int[] {3, 0x40, 0x80, 0x30}) {
            Refusals.of(wire, Subscribe.to(1, wire.topic("a"), options));
        }
        for (int options : new int[] {3, 4, 8, 0x80}) {
            Refusals.ofVersion3(wire, Subscribe.to(1, wire.topic("a"), options).encode(V311));
        }
    }

    @Test
    @Spec("MQTT-2.2.1-3")
    @Spec3("MQTT-2.3.1-1")
    void refusesPacketIdentifier0(Wire wire) {
        Refusals.of(wire, Subscribe.to(0, wire.topic("a"), 0));
        Refusals.ofVersion3(wire, Subscribe.to(0, wire.topic("a"), 0).encode(V311));
    }

    @Test
    @Spec("MQTT-4.13.1-1")
    void refusesSubscriptionIdentifiersOutOfRange(Wire wire) {
        Refusals.of(wire, Subscribe.to(1, "a", 0).with(PropertyList.of(PropertyId.SUBSCRIPTION_ID, 0)));
        PropertyList twice = PropertyList.of(PropertyId.SUBSCRIPTION_ID, 1).with(PropertyId.SUBSCRIPTION_ID, 2);
        Refusals.of(wire, Subscribe.to(1, "a", 0).with(twice));
    }

    @Test
    @Spec({"MQTT-4.7.1-1", "MQTT-4.7.1-2", "MQTT-4.7.3-1"})
    @Spec3({"MQTT-4.7.1-2", "MQTT-4.7.1-3", "MQTT-4.7.3-1"})
    void rejectsFiltersWithMisplacedWildcards(Wire wire) {
        for (String filter : List.of("a#", "a/#/b", "#/a", "a+", "+a", "a/b+/c", "##", "++", "")) {
            WireClient client = wire.v5("c");
            client.send(Subscribe.to(1, filter, 0));
            assertRejected(filter, client);
            WireClient old = wire.v311("d");
            old.send(Subscribe.to(1, filter, 0));
            assertRejected(filter, old);
        }
    }

    @Test
    @Spec("MQTT-3.8.4-3")
    @Spec3("MQTT-3.8.4-3")
    void replacesTheSubscriptionOfTheSameFilter(Wire wire) {
        WireClient client = wire.v5("c");
        int id = client.nextId();
        client.send(Subscribe.to(id, wire.topic("a"), 0).with(PropertyList.of(PropertyId.SUBSCRIPTION_ID, 5)));
        client.expectSuback(id);
        client.subscribe(wire.topic("a"), 1);
        client.publish(wire.topic("a"), "once", 1);
        client.publish(wire.topic("a"), "sentinel", 0);
        Publish publish = client.expectPublish("once");
        assertEquals(1, publish.qos());
        assertEquals(List.of(), publish.properties().subscriptionIds());
        client.expectPublish("sentinel");
    }

    @Test
    @Spec({"MQTT-3.8.4-4", "MQTT-3.3.1-9"})
    @Spec3("MQTT-3.8.4-3")
    void sendsRetainedMessagesAgainToWhoSubscribesAgain(Wire wire) {
        WireClient client = wire.v5("c");
        client.publish(Publish.to(wire.topic("a"), "kept").retained(), 1);
        for (int i = 0; i < 2; i++) {
            client.subscribe(wire.topic("a"), 0);
            assertTrue(client.expectPublish("kept").retain());
        }
        WireClient old = wire.v311("old");
        for (int i = 0; i < 2; i++) {
            old.subscribe(wire.topic("a"), 0);
            assertTrue(old.expectPublish("kept").retain());
        }
    }

    @Test
    @Spec("MQTT-3.8.4-4")
    void losesNothingWhileASubscriptionIsReplaced(Wire wire) {
        WireClient receiver = wire.v5("r");
        receiver.subscribe(wire.topic("a"), 0);
        WireClient publisher = wire.v5("p");
        int count = 200;
        for (int i = 0; i < count; i++) {
            publisher.send(Publish.to(wire.topic("a"), "m" + i));
            if (i % 20 == 0) {
                receiver.subscribe(wire.topic("a"), i % 40 == 0 ? 1 : 0);
            }
        }
        publisher.publish(wire.topic("a"), "end", 1);
        for (int i = 0; i < count; i++) {
            receiver.acknowledge(receiver.expectPublish("m" + i));
        }
        receiver.expectPublish("end");
    }

    @Test
    @Spec({"MQTT-3.8.4-5", "MQTT-3.8.4-6", "MQTT-3.9.3-1"})
    @Spec3({"MQTT-3.8.4-4", "MQTT-3.8.4-5"})
    void handlesManyFiltersAsManySubscriptions(Wire wire) {
        WireClient client = wire.v5("c");
        client.send(Subscribe.to(5, wire.topic("a"), 0).and(wire.topic("b"), 1).and(wire.topic("c"), 2));
        assertEquals(List.of(0, 1, 2), client.expectSuback(5).reasons());
        for (String name : List.of("a", "b", "c")) {
            client.publish(wire.topic(name), name, 0);
            client.expectPublish(name);
        }
    }

    @Test
    @Spec("MQTT-3.8.4-8")
    @Spec3("MQTT-3.8.4-6")
    void deliversWithTheLowerOfBothQos(Wire wire) {
        for (int granted = 0; granted <= 2; granted++) {
            WireClient client = wire.v5("c" + granted);
            assertEquals(granted, client.subscribe(wire.topic("a"), granted));
            for (int published = 0; published <= 2; published++) {
                String text = granted + "<" + published;
                client.publish(wire.topic("a"), text, published);
                Publish publish = client.acknowledge(client.expectPublish(text));
                assertEquals(Math.min(granted, published), publish.qos(), text);
            }
            client.disconnect();
        }
    }

    @Test
    @Spec("MQTT-3.3.4-3")
    void sendsRetainedMessagesWithTheSubscriptionIdentifier(Wire wire) {
        WireClient client = wire.v5("c");
        client.publish(Publish.to(wire.topic("a"), "kept").retained(), 1);
        client.send(Subscribe.to(9, wire.topic("#"), 0).with(PropertyList.of(PropertyId.SUBSCRIPTION_ID, 42)));
        client.expectSuback(9);
        assertEquals(List.of(42L), client.expectPublish("kept").properties().subscriptionIds());
    }

    private static void assertRejected(String filter, WireClient client) {
        Packet answer;
        try {
            answer = client.receive();
        } catch (AssertionError closed) {
            return;
        }
        if (answer instanceof Suback suback) {
            assertTrue(suback.reasons().get(0) >= 0x80, filter);
        } else {
            assertTrue(answer instanceof Disconnect, filter + ": " + answer);
        }
    }
}
