// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.conformance;

import static io.culex.testkit.ProtocolVersion.V5;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.itests.Setup;
import io.culex.itests.Spec;
import io.culex.itests.Uses;
import io.culex.itests.Wire;
import io.culex.itests.WireExtension;
import io.culex.testkit.Ack;
import io.culex.testkit.Packet;
import io.culex.testkit.PacketType;
import io.culex.testkit.PropertyId;
import io.culex.testkit.PropertyList;
import io.culex.testkit.Publish;
import io.culex.testkit.Suback;
import io.culex.testkit.WireClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WireExtension.class)
class ProblemInformationTest {
    @Test
    @Uses(Setup.LIMITED)
    @Spec("MQTT-3.1.2-29")
    void isGivenToNoOneWhoDoesNotWantIt(Wire wire) {
        WireClient client = wire.connect(wire.as("c").with(PropertyId.REQUEST_PROBLEM_INFO, 0));
        assertBare(client.unsubscribe(wire.topic("never")));
        client.send(Publish.to(wire.topic("a"), "").payload(new byte[150]).qos(1, 9));
        assertBare(client.expectAck(PacketType.PUBACK, 9));
        client.send(Ack.pubrel(77));
        assertBare(client.expectAck(PacketType.PUBCOMP, 77));
    }

    @Test
    @Uses(Setup.LIMITED)
    @Spec({
        "MQTT-3.4.2-2",
        "MQTT-3.4.2-3",
        "MQTT-3.5.2-2",
        "MQTT-3.5.2-3",
        "MQTT-3.6.2-2",
        "MQTT-3.6.2-3",
        "MQTT-3.7.2-2",
        "MQTT-3.7.2-3",
        "MQTT-3.14.2-3",
        "MQTT-3.14.2-4"
    })
    void isLeftOutWhereItWouldMakeThePacketTooLarge(Wire wire) {
        WireClient client = wire.connect(wire.as("c").with(PropertyId.MAXIMUM_PACKET_SIZE, 40));
        client.send(Publish.to(wire.topic("a"), "").payload(new byte[150]).qos(1, 9));
        assertFits(client.expectAck(PacketType.PUBACK, 9));
        client.send(Publish.to(wire.topic("a"), "").payload(new byte[150]).qos(2, 10));
        assertFits(client.expectAck(PacketType.PUBREC, 10));
        client.send(Ack.pubrel(77));
        assertFits(client.expectAck(PacketType.PUBCOMP, 77));
        client.sendRaw(0x00, 0x00);
        client.expectEnd();
    }

    private static void assertBare(Packet packet) {
        PropertyList properties = packet instanceof Ack ack ? ack.properties() : ((Suback) packet).properties();
        assertEquals(PropertyList.NONE, properties);
    }

    private static void assertFits(Packet packet) {
        assertTrue(packet.encode(V5).length <= 40, packet.toString());
    }
}
