// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.security;

import static io.culex.testkit.ProtocolVersion.V311;
import static io.culex.testkit.ProtocolVersion.V5;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.itests.RawConnect;
import io.culex.itests.Refusals;
import io.culex.itests.Wire;
import io.culex.itests.WireExtension;
import io.culex.testkit.Ack;
import io.culex.testkit.Connack;
import io.culex.testkit.PacketType;
import io.culex.testkit.PropertyId;
import io.culex.testkit.PropertyList;
import io.culex.testkit.Publish;
import io.culex.testkit.Will;
import io.culex.testkit.WireClient;
import io.culex.testkit.WireWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The classes of faults that brokers have had in the protocol (SPEC H.9), one test each. After each of them two other clients
 * must be served as ever.
 */
@ExtendWith(WireExtension.class)
class SecurityHistoryTest {
    private static final int MEGABYTE = 1 << 20;

    @AfterEach
    void othersAreServed(Wire wire) {
        WireClient subscriber = wire.connect(V311, wire.as("others"));
        WireClient publisher = wire.connect(wire.as("othersp"));
        subscriber.subscribe(wire.topic("others"), 1);
        publisher.publish(wire.topic("others"), "still here", 1);
        subscriber.acknowledge(subscriber.expectPublish("still here"));
    }

    /** CVE-2017-7651, CVE-2017-7654: what a client announces before CONNECT costs no memory. */
    @Test
    void refusesALargeConnectFromItsFirstBytes(Wire wire) {
        for (int i = 0; i < 50; i++) {
            WireClient client = wire.open();
            client.sendRaw(0x10, 0xFF, 0xFF, 0xFF, 0x7F);
            client.expectEnd();
        }
    }

    /** CVE-2023-0809: a large first packet that is not CONNECT. */
    @Test
    void refusesAnyOtherFirstPacketFromItsFirstByte(Wire wire) {
        for (int type : new int[] {0x30, 0x82, 0xA2, 0x40, 0xC0, 0xE0, 0xF0}) {
            WireClient client = wire.open();
            client.sendRaw(type, 0xFF, 0xFF, 0x7F);
            client.expectClosed();
        }
    }

    /** CVE-2021-28166: a packet that only a server sends. */
    @Test
    void refusesPacketsThatOnlyAServerSends(Wire wire) {
        Refusals.of(wire, new byte[] {0x20, 3, 0, 0, 0});
        Refusals.of(wire, new byte[] {(byte) 0x90, 4, 0, 1, 0, 0});
        Refusals.of(wire, new byte[] {(byte) 0xB0, 4, 0, 1, 0, 0});
        Refusals.of(wire, new byte[] {(byte) 0xD0, 0});
    }

    /** CVE-2017-7653: invalid UTF-8 in a topic ends the connection of who sends it, not of who has subscribed. */
    @Test
    void keepsInvalidUtf8FromSubscribers(Wire wire) {
        WireClient subscriber = wire.v311("s");
        subscriber.subscribe("#", 0);
        byte[] topic = {0x30, 6, 0, 2, (byte) 0xC3, 0x28, 'x', 'y'};
        Refusals.of(wire, topic);
        subscriber.disconnect();
    }

    /** CVE-2018-12543: a message to a topic that begins with $ and is not $SYS. */
    @Test
    void servesAnyTopicThatBeginsWithADollar(Wire wire) {
        WireClient client = wire.v5("c");
        for (String topic : new String[] {"$", "$x", "$SY", "$SYSx/a", "$share", "$CONTROL", "$/$", "$$"}) {
            client.publish(Publish.to(topic, "x"), 1);
        }
        client.expectNothing();
    }

    /** CVE-2019-11778: a will that is delayed for longer than its session lives. */
    @Test
    void publishesADelayedWillWhenTheSessionEndsFirst(Wire wire) {
        WireClient subscriber = wire.v5("s");
        subscriber.subscribe(wire.topic("will"), 0);
        Will will = Will.to(wire.topic("will"), "gone", 0).with(PropertyId.WILL_DELAY, 100L);
        wire.connect(wire.as("d").expiry(1).will(will)).reset();
        subscriber.expectPublish("gone");
    }

    /** CVE-2019-11779: very many levels. */
    @Test
    void refusesTopicsOfMoreLevelsThanAnyoneNeeds(Wire wire) {
        String deep = "/".repeat(60_000);
        Refusals.of(wire, Publish.to(deep, "x"), 0x90);
        WireClient client = wire.v5("c");
        client.sendRaw(new WireWriter().u16(1).variable(0).string(deep).u8(0).toPacket(0x82));
        client.expectEnd();
    }

    /** CVE-2021-34431, CVE-2024-8376: a second CONNECT. */
    @Test
    void endsWhoConnectsTwice(Wire wire) {
        WireClient client = wire.v5("c");
        client.send(wire.as("again").will(Will.to(wire.topic("w"), "x", 2)));
        client.expectEnd(0x82);
    }

    /** CVE-2021-34432: a topic without a length. */
    @Test
    void refusesAnEmptyTopic(Wire wire) {
        Refusals.of(wire, new byte[] {0x30, 3, 0, 0, 0});
        Refusals.ofVersion3(wire, new byte[] {0x30, 3, 0, 0, 'x'});
    }

    /** CVE-2021-41039: very many user properties in CONNECT. */
    @Test
    void refusesVeryManyUserPropertiesQuickly(Wire wire) {
        WireWriter properties = new WireWriter();
        for (int i = 0; i < 12_000; i++) {
            properties.u8(0x26).string("a").string("");
        }
        byte[] payload = new WireWriter().string(wire.id("c")).toBytes();
        long begin = System.nanoTime();
        Refusals.ofConnect(wire, RawConnect.v5(properties.toBytes(), payload), 0x97, 0x95);
        assertEquals(0, (System.nanoTime() - begin) / 5_000_000_000L, "seconds / 5");
    }

    /** CVE-2023-3592: a will whose properties are invalid. */
    @Test
    void refusesAWillWithAPropertyOfAnotherPacket(Wire wire) {
        byte[] payload = new WireWriter()
                .string(wire.id("c"))
                .bytes(RawConnect.bytes(3, 0x21, 0, 10))
                .string(wire.topic("w"))
                .binary(new byte[MEGABYTE / 64])
                .toBytes();
        for (int i = 0; i < 20; i++) {
            Refusals.ofConnect(wire, RawConnect.v5(0x06, new byte[0], payload));
        }
    }

    /** CVE-2023-28366: the same QoS 2 identifier again and again, never released. */
    @Test
    void deliversARepeatedQos2MessageOnce(Wire wire) {
        WireClient subscriber = wire.v5("s");
        subscriber.subscribe(wire.topic("q2"), 0);
        WireClient publisher = wire.v5("p");
        for (int i = 0; i < 500; i++) {
            Publish message = Publish.to(wire.topic("q2"), "once").qos(2, 7);
            publisher.send(i == 0 ? message : message.duplicate());
            publisher.expectAck(PacketType.PUBREC, 7);
        }
        publisher.send(Ack.pubrel(7));
        publisher.expectAck(PacketType.PUBCOMP, 7);
        subscriber.expectPublish("once");
        subscriber.expectNothing();
    }

    /** CVE-2023-3592 again: properties that come twice. */
    @Test
    void acceptsNoPropertyTwice(Wire wire) {
        PropertyList twice = PropertyList.of(PropertyId.SESSION_EXPIRY, 1L).with(PropertyId.SESSION_EXPIRY, 2L);
        Refusals.ofConnect(wire, wire.as("c").with(twice));
        Connack connack = wire.open(V5).connect(wire.as("d"));
        assertEquals(0, connack.reason());
    }
}
