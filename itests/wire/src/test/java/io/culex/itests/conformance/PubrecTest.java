// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.conformance;

import static io.culex.itests.RawConnect.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.itests.Refusals;
import io.culex.itests.Setup;
import io.culex.itests.Spec;
import io.culex.itests.Spec3;
import io.culex.itests.Uses;
import io.culex.itests.Wire;
import io.culex.itests.WireExtension;
import io.culex.testkit.Ack;
import io.culex.testkit.Packet;
import io.culex.testkit.PacketType;
import io.culex.testkit.Ping;
import io.culex.testkit.Publish;
import io.culex.testkit.WireClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WireExtension.class)
class PubrecTest {
    @Test
    @Spec({"MQTT-4.3.3-8", "MQTT-2.2.1-5", "MQTT-3.5.2-1"})
    @Spec3({"MQTT-4.3.3-2", "MQTT-2.3.1-6"})
    void carriesThePacketIdentifierOfThePublish(Wire wire) {
        for (WireClient client : new WireClient[] {wire.v5("c"), wire.v311("d")}) {
            for (int id : new int[] {1, 256, 65_535}) {
                client.send(Publish.to(wire.topic("a"), "x").qos(2, id));
                client.expectAck(PacketType.PUBREC, id);
            }
        }
    }

    @Test
    @Spec("MQTT-4.3.3-10")
    @Spec3("MQTT-4.3.3-2")
    void answersARepeatedPublishAndDeliversItOnce(Wire wire) {
        WireClient client = wire.v5("c");
        client.subscribe(wire.topic("a"), 0);
        client.send(Publish.to(wire.topic("a"), "x").qos(2, 9));
        client.expectAck(PacketType.PUBREC, 9);
        client.send(Publish.to(wire.topic("a"), "x").qos(2, 9).duplicate());
        client.expectAck(PacketType.PUBREC, 9);
        client.send(Ack.pubrel(9));
        client.expectAck(PacketType.PUBCOMP, 9);
        client.publish(wire.topic("a"), "sentinel", 0);
        client.expectPublish("x");
        client.expectPublish("sentinel");
    }

    @Test
    @Spec("MQTT-4.3.3-10")
    void knowsARepeatedPublishAfterReconnect(Wire wire) {
        WireClient watcher = wire.v5("w");
        watcher.subscribe(wire.topic("a"), 0);
        WireClient client = wire.connect(wire.as("c").expiry(60));
        client.send(Publish.to(wire.topic("a"), "x").qos(2, 9));
        client.expectAck(PacketType.PUBREC, 9);
        client.reset();
        WireClient again = wire.connect(wire.as("c").resume().expiry(60));
        again.send(Publish.to(wire.topic("a"), "x").qos(2, 9).duplicate());
        again.expectAck(PacketType.PUBREC, 9);
        again.send(Ack.pubrel(9));
        assertEquals(0, again.expectAck(PacketType.PUBCOMP, 9).reason());
        again.publish(wire.topic("a"), "sentinel", 2);
        watcher.expectPublish("x");
        watcher.expectPublish("sentinel");
    }

    @Test
    @Spec({"MQTT-4.3.3-1", "MQTT-4.3.3-2", "MQTT-4.3.3-4"})
    @Spec3("MQTT-4.3.3-1")
    void isFollowedByPubrelFromTheServer(Wire wire) {
        for (WireClient receiver : new WireClient[] {wire.v5("r"), wire.v311("s")}) {
            receiver.subscribe(wire.topic("a"), 2);
            receiver.publish(wire.topic("a"), "x", 2);
            Publish publish = receiver.expectPublish("x");
            assertEquals(2, publish.qos());
            assertFalse(publish.dup());
            receiver.send(Ack.pubrec(publish.id()));
            assertEquals(0, receiver.expectAck(PacketType.PUBREL, publish.id()).reason());
            receiver.send(Ack.pubcomp(publish.id()));
            receiver.expectNothing();
            receiver.unsubscribe(wire.topic("a"));
        }
    }

    @Test
    @Spec({"MQTT-4.4.0-2", "MQTT-4.3.3-4"})
    void withAnErrorEndsTheExchange(Wire wire) {
        WireClient receiver = wire.connect(wire.as("r").expiry(60));
        receiver.subscribe(wire.topic("a"), 2);
        WireClient publisher = wire.v5("p");
        publisher.publish(wire.topic("a"), "1", 2);
        receiver.send(Ack.pubrec(receiver.expectPublish("1").id()).withReason(0x80));
        receiver.expectNothing();
        receiver.close();
        WireClient again = wire.connect(wire.as("r").resume().expiry(60));
        publisher.publish(wire.topic("a"), "2", 2);
        again.expectPublish("2");
    }

    @Test
    @Spec("MQTT-4.6.0-3")
    void comesInTheOrderOfThePublishes(Wire wire) {
        WireClient client = wire.v5("c");
        Publish[] many = new Publish[19];
        for (int i = 0; i < many.length; i++) {
            many[i] = Publish.to(wire.topic("a"), "x").qos(2, i + 2);
        }
        client.send(Publish.to(wire.topic("a"), "x").qos(2, 1), many);
        for (int id = 1; id <= 20; id++) {
            assertEquals(id, client.expect(Ack.class).id());
        }
    }

    @Test
    @Uses(Setup.LIMITED)
    @Spec("MQTT-4.3.3-9")
    void withAnErrorMakesTheIdentifierFree(Wire wire) {
        WireClient client = wire.v5("c");
        client.subscribe(wire.topic("a"), 0);
        client.send(Publish.to(wire.topic("a"), "").payload(new byte[150]).qos(2, 9));
        assertTrue(client.expectAck(PacketType.PUBREC, 9).reason() >= 0x80);
        client.send(Publish.to(wire.topic("a"), "small enough").qos(2, 9));
        assertEquals(0, client.expectAck(PacketType.PUBREC, 9).reason());
        client.send(Ack.pubrel(9));
        client.expectAck(PacketType.PUBCOMP, 9);
        client.expectPublish("small enough");
    }

    @Test
    @Spec({"MQTT-3.5.2-1", "MQTT-2.1.3-1"})
    void refusesAMalformedPubrec(Wire wire) {
        Refusals.of(wire, bytes(0x52, 2, 0, 1));
        Refusals.of(wire, bytes(0x50, 1, 0));
        Refusals.ofVersion3(wire, bytes(0x51, 2, 0, 1));
        wire.notMosquitto("takes any reason code");
        Refusals.of(wire, bytes(0x50, 3, 0, 1, 0x01));
    }

    @Test
    @Spec("MQTT-3.6.2-1")
    void ofAnUnknownIdentifierIsAnsweredOrIgnored(Wire wire) {
        WireClient client = wire.v5("c");
        client.send(Ack.pubrec(77), new Ping(PacketType.PINGREQ));
        Packet answer = client.receive();
        if (answer.type() == PacketType.PUBREL) {
            answer = client.receive();
        }
        assertEquals(PacketType.PINGRESP, answer.type());
    }
}
