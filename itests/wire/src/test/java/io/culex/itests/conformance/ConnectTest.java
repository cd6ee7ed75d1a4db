// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.conformance;

import static io.culex.itests.RawConnect.bytes;
import static io.culex.testkit.ProtocolVersion.V311;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.itests.RawConnect;
import io.culex.itests.Refusals;
import io.culex.itests.Setup;
import io.culex.itests.Spec;
import io.culex.itests.Spec3;
import io.culex.itests.Uses;
import io.culex.itests.Wire;
import io.culex.itests.WireExtension;
import io.culex.testkit.Ack;
import io.culex.testkit.Connack;
import io.culex.testkit.Connect;
import io.culex.testkit.Packet;
import io.culex.testkit.PacketType;
import io.culex.testkit.Ping;
import io.culex.testkit.PropertyId;
import io.culex.testkit.PropertyList;
import io.culex.testkit.Publish;
import io.culex.testkit.Subscribe;
import io.culex.testkit.Unsubscribe;
import io.culex.testkit.Will;
import io.culex.testkit.WireClient;
import io.culex.testkit.WireWriter;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WireExtension.class)
class ConnectTest {
    private static final byte[] CLIENT_ID_X = new WireWriter().string("x").toBytes();

    @Test
    @Spec({"MQTT-3.1.0-1", "MQTT-3.14.0-1"})
    @Spec3("MQTT-3.1.0-1")
    void closesWhenTheFirstPacketIsNotConnect(Wire wire) {
        List<Packet> others = List.of(
                new Ping(PacketType.PINGREQ),
                Publish.to("a", "b"),
                Subscribe.to(1, "a", 0),
                Unsubscribe.from(1, "a"),
                Ack.puback(1),
                new Connack(false, 0, PropertyList.NONE));
        for (Packet packet : others) {
            WireClient client = wire.open();
            client.send(packet);
            client.expectClosed();
        }
    }

    @Test
    @Spec("MQTT-3.1.0-2")
    @Spec3("MQTT-3.1.0-2")
    void closesOnASecondConnect(Wire wire) {
        WireClient client = wire.v5("c");
        client.send(wire.as("c"));
        client.expectEnd(0x82);
        WireClient old = wire.v311("d");
        old.send(wire.as("d"));
        old.expectClosed();
    }

    @Test
    @Spec("MQTT-3.1.2-1")
    void refusesAnotherProtocolName(Wire wire) {
        WireClient client = wire.open();
        client.send(wire.as("c").protocol("MQTX", 5));
        assertTrue(Set.of(-1, 0x84).contains(client.expectEnd()));
    }

    @Test
    @Spec("MQTT-3.1.2-2")
    void refusesAnUnknownProtocolVersion(Wire wire) {
        WireClient client = wire.open();
        client.send(wire.as("c").protocol("MQTT", 6));
        assertTrue(Set.of(-1, 0x84, 0x01).contains(client.expectEnd()));
    }

    @Test
    @Spec("MQTT-3.1.2-3")
    void refusesTheReservedConnectFlag(Wire wire) {
        Refusals.ofConnect(wire, wire.as("c").flipFlags(1));
    }

    @Test
    @Spec({"MQTT-3.1.2-4", "MQTT-3.1.4-4", "MQTT-3.2.2-2"})
    void discardsTheSessionOnCleanStart(Wire wire) {
        WireClient first = wire.connect(wire.as("c").expiry(60));
        first.subscribe(wire.topic("a"), 1);
        first.disconnect();
        WireClient second = wire.open();
        assertFalse(second.connect(wire.as("c").expiry(60)).sessionPresent());
        second.publish(wire.topic("a"), "for no one", 1);
        second.expectNothing();
    }

    @Test
    @Spec({"MQTT-3.1.2-5", "MQTT-3.2.2-3", "MQTT-3.1.3-2"})
    void resumesTheSessionOfTheClientIdentifier(Wire wire) {
        WireClient first = wire.connect(wire.as("c").expiry(60));
        first.subscribe(wire.topic("a"), 1);
        first.disconnect();
        WireClient second = wire.open();
        assertTrue(second.connect(wire.as("c").resume().expiry(60)).sessionPresent());
        second.publish(wire.topic("a"), "still subscribed", 0);
        second.expectPublish("still subscribed");
    }

    @Test
    @Spec({"MQTT-3.1.2-6", "MQTT-3.2.2-3"})
    void createsASessionWhenThereIsNoneToResume(Wire wire) {
        WireClient client = wire.open();
        assertFalse(client.connect(wire.as("new").resume()).sessionPresent());
        client.expectNothing();
    }

    @Test
    @Spec({"MQTT-3.1.2-11", "MQTT-3.1.2-12", "MQTT-3.1.2-13"})
    void refusesWillFlagsThatContradictEachOther(Wire wire) {
        Refusals.ofConnect(wire, wire.as("c").flipFlags(0x08));
        Refusals.ofConnect(wire, wire.as("c").flipFlags(0x20));
        Refusals.ofConnect(wire, wire.as("c").will(Will.to(wire.topic("w"), "w", 3)));
    }

    @Test
    @Spec({"MQTT-3.1.2-9", "MQTT-3.1.2-16", "MQTT-3.1.2-17", "MQTT-3.1.2-18", "MQTT-3.1.2-19"})
    void refusesFlagsThatDoNotFitThePayload(Wire wire) {
        Refusals.ofConnect(wire, wire.as("c").flipFlags(0x04));
        Refusals.ofConnect(wire, wire.as("c").flipFlags(0x80));
        Refusals.ofConnect(wire, wire.as("c").flipFlags(0x40));
        Refusals.ofConnect(wire, wire.as("c").user("u").flipFlags(0x80));
        Refusals.ofConnect(wire, wire.as("c").user("u").password("p").flipFlags(0x40));
    }

    @Test
    @Spec({"MQTT-3.1.3-1", "MQTT-3.1.2-7"})
    void readsThePayloadFieldsInTheirOrder(Wire wire) {
        WireClient watcher = wire.v5("watcher");
        watcher.subscribe(wire.topic("w"), 0);
        WireClient client = wire.connect(wire.as("c")
                .will(Will.to(wire.topic("w"), "gone", 0))
                .user("user")
                .password("secret"));
        client.reset();
        assertEquals(wire.topic("w"), watcher.expectPublish("gone").topic());
    }

    @Test
    @Spec("MQTT-3.1.3-3")
    void refusesConnectWithoutClientIdentifierField(Wire wire) {
        Refusals.ofConnect(wire, RawConnect.v5(bytes(), bytes()));
    }

    @Test
    @Spec("MQTT-3.1.3-5")
    @Spec3("MQTT-3.1.3-5")
    void acceptsClientIdentifiersOf23LettersAndDigits(Wire wire) {
        wire.connect(Connect.as("0123456789abcdefghijklm")).disconnect();
        wire.connect(Connect.as("nopqrstuvwxyzABCDEFGHIJ")).disconnect();
        wire.connect(Connect.as("KLMNOPQRSTUVWXYZ")).disconnect();
        wire.connect(V311, Connect.as("KLMNOPQRSTUVWXYZ")).disconnect();
    }

    @Test
    @Spec({"MQTT-3.1.3-6", "MQTT-3.1.3-7", "MQTT-3.2.2-16"})
    void assignsAUniqueClientIdentifierToWhoHasNone(Wire wire) {
        WireClient first = wire.open();
        WireClient second = wire.open();
        assertTrue(first.connect(Connect.as("")).properties().has(PropertyId.ASSIGNED_CLIENT_ID));
        assertTrue(second.connect(Connect.as("")).properties().has(PropertyId.ASSIGNED_CLIENT_ID));
        assertNotEquals(first.clientId(), second.clientId());
        first.expectNothing();
        second.expectNothing();
    }

    @Test
    @Spec("MQTT-3.1.3-7")
    void keepsTheSessionOfAnAssignedClientIdentifier(Wire wire) {
        WireClient first = wire.connect(Connect.as("").expiry(60));
        first.disconnect();
        assertTrue(wire.open().connect(Connect.as(first.clientId()).resume()).sessionPresent());
    }

    @Test
    @Uses(Setup.LIMITED)
    @Spec("MQTT-3.1.3-8")
    @Spec3({"MQTT-3.1.3-8", "MQTT-3.1.3-9"})
    void refusesAnEmptyClientIdentifierWhenConfigured(Wire wire) {
        WireClient client = wire.open();
        client.send(Connect.as(""));
        assertTrue(Set.of(-1, 0x80, 0x85).contains(client.expectEnd()));
        WireClient old = wire.open(V311);
        old.send(Connect.as(""));
        old.expectEnd(2);
    }

    @Test
    @Spec({"MQTT-3.1.3-4", "MQTT-3.1.3-11", "MQTT-3.1.3-12"})
    void refusesStringsThatAreNotUtf8(Wire wire) {
        byte[] bad = new WireWriter().binary(bytes('a', 0xC0, 0xAF)).toBytes();
        Refusals.ofConnect(wire, RawConnect.v5(bytes(), bad));
        byte[] will = new WireWriter()
                .bytes(CLIENT_ID_X)
                .variable(0)
                .bytes(bad)
                .binary(bytes('p'))
                .toBytes();
        Refusals.ofConnect(wire, RawConnect.v5(0x06, bytes(), will));
        Refusals.ofConnect(
                wire,
                RawConnect.v5(
                        0x82,
                        bytes(),
                        new WireWriter().bytes(CLIENT_ID_X).bytes(bad).toBytes()));
    }

    @Test
    @Spec("MQTT-3.1.4-1")
    void refusesConnectOfWrongShape(Wire wire) {
        byte[] flagsOfFixedHeader = RawConnect.v5(bytes(), CLIENT_ID_X);
        flagsOfFixedHeader[0] |= 0x0A;
        Refusals.ofConnect(wire, flagsOfFixedHeader);
        byte[] trailing = new WireWriter().bytes(CLIENT_ID_X).u8(0).toBytes();
        Refusals.ofConnect(wire, RawConnect.v5(bytes(), trailing));
        Refusals.ofConnect(wire, RawConnect.v5(bytes(0x21, 0), CLIENT_ID_X));
    }

    @Test
    @Spec({"MQTT-3.1.4-1", "MQTT-4.13.1-1"})
    void refusesPropertiesThatBreakTheirRules(Wire wire) {
        Refusals.ofConnect(wire, wire.as("c").with(PropertyId.RECEIVE_MAXIMUM, 0));
        Refusals.ofConnect(wire, wire.as("c").with(PropertyId.MAXIMUM_PACKET_SIZE, 0));
        Refusals.ofConnect(wire, wire.as("c").with(PropertyId.REQUEST_PROBLEM_INFO, 2));
        Refusals.ofConnect(wire, wire.as("c").with(PropertyId.REQUEST_RESPONSE_INFO, 2));
        Refusals.ofConnect(wire, wire.as("c").expiry(1).expiry(1));
        Refusals.ofConnect(wire, wire.as("c").with(PropertyId.AUTH_DATA, bytes(1)));
        Refusals.ofConnect(wire, wire.as("c").with(PropertyId.TOPIC_ALIAS, 1));
        Refusals.ofConnect(wire, wire.as("c").with(PropertyId.WILL_DELAY, 1));
        Refusals.ofConnect(wire, RawConnect.v5(bytes(0x7E, 1), CLIENT_ID_X));
    }

    @Test
    @Spec({"MQTT-3.1.4-1", "MQTT-3.3.2-2"})
    void refusesWillTopicsNoOneMayPublishTo(Wire wire) {
        Refusals.ofConnect(wire, wire.as("c").will(Will.to("a/#", "w", 0)), 0x90);
        Refusals.ofConnect(wire, wire.as("c").will(Will.to("", "w", 0)), 0x90);
    }

    @Test
    @Spec({"MQTT-3.1.4-3", "MQTT-3.14.4-2"})
    void takesTheSessionOverFromTheOlderConnection(Wire wire) {
        wire.notMosquitto("closes without DISCONNECT");
        WireClient older = wire.v5("c");
        WireClient newer = wire.v5("c");
        older.expectDisconnect(0x8E);
        newer.expectNothing();
    }

    @Test
    @Spec3("MQTT-3.1.4-2")
    void closesTheOlderConnectionOfVersion3WithoutAWord(Wire wire) {
        WireClient older = wire.v311("c");
        WireClient newer = wire.v5("c");
        older.expectClosed();
        newer.expectNothing();
    }

    @Test
    @Spec("MQTT-3.1.4-5")
    @Spec3("MQTT-3.1.4-4")
    void acknowledgesAGoodConnect(Wire wire) {
        assertEquals(0, wire.open().connect(wire.as("c")).reason());
        assertEquals(0, wire.open(V311).connect(wire.as("d")).reason());
    }

    @Test
    @Spec({"MQTT-3.1.4-6", "MQTT-3.1.4-2"})
    void ignoresWhatFollowsARefusedConnect(Wire wire) {
        WireClient watcher = wire.v5("watcher");
        watcher.subscribe(wire.topic("a"), 0);
        WireClient client = wire.open();
        client.send(
                wire.as("c").with(PropertyId.AUTH_METHOD, "no-such-method"),
                Publish.to(wire.topic("a"), "never").retained());
        client.expectEnd();
        watcher.publish(wire.topic("a"), "sentinel", 0);
        watcher.expectPublish("sentinel");
    }

    @Test
    @Spec("MQTT-3.1.4-5")
    void handlesPacketsPipelinedBehindConnect(Wire wire) {
        WireClient client = wire.open();
        client.send(
                wire.as("c"),
                Subscribe.to(1, wire.topic("a"), 1),
                Publish.to(wire.topic("a"), "early").qos(1, 2),
                new Ping(PacketType.PINGREQ));
        assertEquals(0, client.expectConnack().reason());
        client.expectSuback(1);
        client.expectAck(PacketType.PUBACK, 2);
        client.expectPublish("early");
    }
}
