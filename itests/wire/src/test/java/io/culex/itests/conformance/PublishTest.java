// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.conformance;

import static io.culex.itests.RawConnect.bytes;
import static io.culex.testkit.ProtocolVersion.V311;
import static io.culex.testkit.ProtocolVersion.V5;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.itests.Refusals;
import io.culex.itests.Spec;
import io.culex.itests.Spec3;
import io.culex.itests.Wire;
import io.culex.itests.WireExtension;
import io.culex.testkit.PacketType;
import io.culex.testkit.PropertyId;
import io.culex.testkit.PropertyList;
import io.culex.testkit.Publish;
import io.culex.testkit.Subscribe;
import io.culex.testkit.WireClient;
import io.culex.testkit.WireWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WireExtension.class)
class PublishTest {
    private static final int PUBLISH = 0x30;

    @Test
    @Spec("MQTT-3.3.1-4")
    @Spec3("MQTT-3.3.1-4")
    void refusesQos3(Wire wire) {
        Refusals.of(wire, Publish.to(wire.topic("a"), "x").qos(3, 1));
        Refusals.ofVersion3(wire, Publish.to("a", "x").qos(3, 1).encode(V311));
    }

    @Test
    @Spec("MQTT-3.3.1-2")
    @Spec3("MQTT-3.3.1-2")
    void refusesDupWithQos0(Wire wire) {
        wire.notMosquitto("takes it");
        Refusals.of(wire, Publish.to(wire.topic("a"), "x").duplicate());
    }

    @Test
    @Spec({"MQTT-3.3.1-3", "MQTT-4.3.2-2"})
    @Spec3("MQTT-3.3.1-3")
    void setsDupOfItsOwnPublicationsAlone(Wire wire) {
        WireClient client = wire.v5("c");
        client.subscribe(wire.topic("a"), 1);
        client.publish(Publish.to(wire.topic("a"), "x").duplicate(), 1);
        assertFalse(client.expectPublish("x").dup());
    }

    @Test
    @Spec({"MQTT-3.3.4-1", "MQTT-2.2.1-2", "MQTT-4.3.1-1"})
    void answersByQos(Wire wire) {
        WireClient client = wire.v5("c");
        client.publish(wire.topic("a"), "none", 0);
        client.expectNothing();
        client.send(Publish.to(wire.topic("a"), "x").qos(1, 7));
        client.expectAck(PacketType.PUBACK, 7);
        client.send(Publish.to(wire.topic("a"), "x").qos(2, 8));
        client.expectAck(PacketType.PUBREC, 8);
        client.expectNothing();
    }

    @Test
    @Spec("MQTT-2.2.1-3")
    @Spec3("MQTT-2.3.1-1")
    void refusesPacketIdentifier0(Wire wire) {
        Refusals.of(wire, Publish.to(wire.topic("a"), "x").qos(1, 0));
        Refusals.of(wire, Publish.to(wire.topic("a"), "x").qos(2, 0));
        Refusals.ofVersion3(wire, Publish.to(wire.topic("a"), "x").qos(1, 0).encode(V311));
    }

    @Test
    @Spec({"MQTT-3.3.2-2", "MQTT-4.7.0-1"})
    @Spec3({"MQTT-3.3.2-2", "MQTT-4.7.1-1"})
    void refusesWildcardsInTheTopicName(Wire wire) {
        for (String topic : List.of("#", "+", "a/#", "a/+/b", "a+b", "a#")) {
            Refusals.of(wire, Publish.to(topic, "x"), 0x90);
            Refusals.ofVersion3(wire, Publish.to(topic, "x").encode(V311));
        }
    }

    @Test
    @Spec({"MQTT-3.3.2-1", "MQTT-4.7.3-2"})
    @Spec3({"MQTT-3.3.2-1", "MQTT-4.7.3-2"})
    void refusesTopicNamesThatAreNoGoodStrings(Wire wire) {
        for (byte[] topic : List.of(bytes('a', 0, 'b'), bytes(0xC0, 0xAF), bytes(0xED, 0xA0, 0x80), bytes('a', 0xFF))) {
            byte[] packet = new WireWriter().binary(topic).u8(0).toPacket(PUBLISH);
            Refusals.of(wire, packet, 0x90);
            Refusals.ofVersion3(wire, new WireWriter().binary(topic).toPacket(PUBLISH));
        }
    }

    @Test
    @Spec("MQTT-4.7.3-1")
    @Spec3("MQTT-4.7.3-1")
    void refusesAnEmptyTopicNameWithoutAlias(Wire wire) {
        Refusals.of(wire, Publish.to("", "x"), 0x90, 0x94);
        Refusals.ofVersion3(wire, Publish.to("", "x").encode(V311));
    }

    @Test
    @Spec("MQTT-3.3.2-3")
    @Spec3("MQTT-3.3.2-3")
    void deliversUnderTheTopicNameThatWasPublished(Wire wire) {
        WireClient client = wire.v5("c");
        client.subscribe(wire.topic("+/x"), 0);
        client.subscribe(wire.topic("a/#"), 0);
        client.publish(wire.topic("b/x"), "1", 0);
        assertEquals(wire.topic("b/x"), client.expectPublish("1").topic());
        client.publish(wire.topic("b/y"), "not subscribed", 0);
        client.publish(wire.topic("a"), "2", 0);
        assertEquals(wire.topic("a"), client.expectPublish("2").topic());
    }

    @Test
    @Spec({
        "MQTT-3.3.2-4",
        "MQTT-3.3.2-15",
        "MQTT-3.3.2-16",
        "MQTT-3.3.2-17",
        "MQTT-3.3.2-18",
        "MQTT-3.3.2-20",
        "MQTT-1.5.7-1"
    })
    void forwardsThePropertiesOfTheMessageUnaltered(Wire wire) {
        PropertyList properties = PropertyList.of(PropertyId.PAYLOAD_FORMAT, 1)
                .with(PropertyId.CONTENT_TYPE, "text/plain; ä")
                .with(PropertyId.RESPONSE_TOPIC, wire.topic("answer"))
                .with(PropertyId.CORRELATION_DATA, bytes(0, 1, 0xFF))
                .withUser("z", "1")
                .withUser("a", "2")
                .withUser("z", "3")
                .withUser("", "");
        for (int qos = 0; qos <= 2; qos++) {
            WireClient client = wire.v5("c");
            client.subscribe(wire.topic("a"), 2);
            client.publish(Publish.to(wire.topic("a"), "x").with(properties), qos);
            PropertyList got = client.expectPublish("x").properties();
            assertEquals(Optional.of(1L), got.number(PropertyId.PAYLOAD_FORMAT));
            assertEquals(Optional.of("text/plain; ä"), got.string(PropertyId.CONTENT_TYPE));
            assertEquals(Optional.of(wire.topic("answer")), got.string(PropertyId.RESPONSE_TOPIC));
            assertArrayEquals(
                    bytes(0, 1, 0xFF), got.binary(PropertyId.CORRELATION_DATA).orElseThrow());
            assertEquals(List.of("z=1", "a=2", "z=3", "="), got.user());
        }
    }

    @Test
    @Spec({"MQTT-3.3.2-13", "MQTT-3.3.2-14", "MQTT-3.3.2-19"})
    void refusesPropertiesOfAMessageThatAreNoGoodStrings(Wire wire) {
        Refusals.of(wire, Publish.to(wire.topic("a"), "x").with(PropertyId.RESPONSE_TOPIC, "a/#"), 0x90);
        Refusals.of(wire, withProperty(wire, 0x08, bytes(0, 1, 0xFF)));
        Refusals.of(wire, withProperty(wire, 0x03, bytes(0, 1, 0xFF)));
        Refusals.of(wire, withProperty(wire, 0x26, bytes(0, 1, 'k', 0, 1, 0xFF)));
    }

    @Test
    @Spec({"MQTT-3.3.4-6", "MQTT-4.13.1-1"})
    void refusesPropertiesThatAClientMustNotSend(Wire wire) {
        Refusals.of(wire, Publish.to(wire.topic("a"), "x").with(PropertyId.SUBSCRIPTION_ID, 1));
        Refusals.of(wire, Publish.to(wire.topic("a"), "x").with(PropertyId.SESSION_EXPIRY, 1));
        Refusals.of(wire, withProperty(wire, 0x7F, bytes(1)));
    }

    @Test
    @Spec("MQTT-4.13.1-1")
    void refusesAPropertyThatStandsTwice(Wire wire) {
        PropertyList twice = PropertyList.of(PropertyId.MESSAGE_EXPIRY, 1).with(PropertyId.MESSAGE_EXPIRY, 1);
        Refusals.of(wire, Publish.to(wire.topic("a"), "x").with(twice));
        PropertyList format = PropertyList.of(PropertyId.PAYLOAD_FORMAT, 1).with(PropertyId.PAYLOAD_FORMAT, 1);
        Refusals.of(wire, Publish.to(wire.topic("a"), "x").with(format));
    }

    @Test
    @Spec({"MQTT-3.3.4-2", "MQTT-3.3.4-3", "MQTT-3.3.4-4", "MQTT-3.3.4-5"})
    @Spec3("MQTT-3.3.5-1")
    void deliversWithTheHighestQosAndTheIdentifiersOfOverlappingSubscriptions(Wire wire) {
        WireClient client = wire.v5("c");
        subscribe(client, wire.topic("a/+"), 0, 11);
        subscribe(client, wire.topic("a/#"), 1, 268_435_455);
        subscribe(client, wire.topic("#"), 0, 0);
        client.publish(wire.topic("a/b"), "x", 1);
        client.publish(wire.topic("other"), "sentinel", 0);
        int highest = 0;
        List<Long> identifiers = new java.util.ArrayList<>();
        Publish publish = client.expectPublish();
        while (!publish.text().equals("sentinel")) {
            highest = Math.max(highest, publish.qos());
            identifiers.addAll(publish.properties().subscriptionIds());
            publish = client.expectPublish();
        }
        assertEquals(1, highest);
        assertEquals(List.of(11L, 268_435_455L), identifiers.stream().sorted().toList());
    }

    @Test
    @Spec({"MQTT-3.1.2-24", "MQTT-3.1.2-25"})
    void skipsWhatIsTooLargeForTheClient(Wire wire) {
        WireClient small = wire.connect(wire.as("small").with(PropertyId.MAXIMUM_PACKET_SIZE, 60));
        small.subscribe(wire.topic("a"), 2);
        WireClient publisher = wire.v5("p");
        for (int qos = 0; qos <= 2; qos++) {
            publisher.publish(Publish.to(wire.topic("a"), "").payload(new byte[100]), qos);
        }
        publisher.publish(wire.topic("a"), "fits", 2);
        small.acknowledge(small.expectPublish("fits"));
        small.expectNothing();
    }

    @Test
    @Spec("MQTT-3.3.4-1")
    void carriesEmptyAndLargePayloads(Wire wire) {
        WireClient client = wire.v5("c");
        client.subscribe(wire.topic("a"), 0);
        for (int size : List.of(0, 1, 127, 128, 16_383, 16_384, 1_000_000)) {
            byte[] payload = new byte[size];
            Arrays.fill(payload, (byte) size);
            client.publish(Publish.to(wire.topic("a"), "").payload(payload), 1);
            assertArrayEquals(payload, client.expectPublish().payload());
        }
    }

    @Test
    @Spec("MQTT-3.3.2-2")
    void survivesPublishToTopicsThatBeginWithADollar(Wire wire) {
        WireClient client = wire.v5("c");
        for (String topic :
                List.of("$", "$SYS", "$SYS/broker/uptime", "$CONTROL/x", "$share/a/b", "$other/" + wire.topic("a"))) {
            WireClient bold = wire.v5("bold");
            bold.send(Publish.to(topic, "x"));
        }
        client.expectNothing();
    }

    @Test
    @Spec("MQTT-3.3.2-18")
    void takesManyUserProperties(Wire wire) {
        WireClient client = wire.v5("c");
        client.subscribe(wire.topic("a"), 0);
        PropertyList many = PropertyList.NONE;
        for (int i = 0; i < 100; i++) {
            many = many.withUser("k" + i, "v");
        }
        client.publish(Publish.to(wire.topic("a"), "x").with(many), 0);
        assertEquals(100, client.expectPublish("x").properties().user().size());
    }

    @Test
    @Spec("MQTT-3.3.2-17")
    void keepsPropertiesOfVersion5FromVersion3(Wire wire) {
        WireClient old = wire.v311("old");
        old.subscribe(wire.topic("a"), 1);
        WireClient publisher = wire.v5("p");
        publisher.publish(Publish.to(wire.topic("a"), "x").with(PropertyList.NONE.withUser("k", "v")), 1);
        assertEquals(1, old.acknowledge(old.expectPublish("x")).qos());
        old.publish(wire.topic("b"), "y", 1);
        assertTrue(old.version() == V311);
    }

    private static void subscribe(WireClient client, String filter, int options, long identifier) {
        int id = client.nextId();
        PropertyList properties =
                identifier == 0 ? PropertyList.NONE : PropertyList.of(PropertyId.SUBSCRIPTION_ID, identifier);
        client.send(Subscribe.to(id, filter, options).with(properties));
        client.expectSuback(id);
    }

    private static byte[] withProperty(Wire wire, int id, byte[] value) {
        return new WireWriter()
                .string(wire.topic("a"))
                .variable(1 + value.length)
                .u8(id)
                .bytes(value)
                .toPacket(PUBLISH);
    }

    /** The check that the packets above are what they seem. */
    @Test
    @Spec("MQTT-3.3.2-1")
    void takesTheSameBytesWhenTheyAreRight(Wire wire) {
        WireClient client = wire.v5("c");
        client.subscribe(wire.topic("a"), 0);
        client.sendRaw(withProperty(wire, 0x03, bytes(0, 1, 'x')));
        Publish publish = client.expectPublish("");
        assertEquals(Optional.of("x"), publish.properties().string(PropertyId.CONTENT_TYPE));
        assertTrue(publish.encode(V5).length > 0);
    }
}
