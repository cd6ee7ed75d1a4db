// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.api.message.Message;
import io.culex.api.message.QoS;
import io.culex.codec.Properties;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A message is too large only when no way to write it fits. */
class PacketLimitTest {
    private static final int HEAD = 2;
    private static final int TOPIC = 2 + 8;
    private static final int IDENTIFIER = 2;

    private final World world = new World();

    private void deliver(String topic, int payload, int packetId) {
        world.session().deliver(Message.of(topic, "x".repeat(payload)).withQos(QoS.AT_LEAST_ONCE), packetId, false, 1);
    }

    private static String sent(String topic, int payload, int packetId) {
        return "PUBLISH " + topic + "=" + "x".repeat(payload) + " q1 " + packetId;
    }

    @Test
    void whatFitsToTheLastByteGoesToABrokerOfMqtt3() {
        world.begin("topic # out 1", "notifications false", "bridge_max_packet_size 100");
        FakePeer peer = world.accept();
        peer.got();
        int most = 100 - HEAD - TOPIC - IDENTIFIER;
        deliver("a/topic8", most, 1);
        deliver("a/topic8", most + 1, 2);
        assertEquals(List.of(sent("a/topic8", most, 1)), peer.got());
        assertEquals(1, world.logged("is too large for the other broker"));
    }

    @Test
    void anAliasIsGivenOnlyWhereItFitsAndSavesTheTopicWhereItIsKnown() {
        world.begin("topic # out 1", "notifications false", "bridge_protocol_version mqttv50");
        FakePeer peer = world.answer();
        peer.answer(
                false,
                0,
                Properties.builder().maximumPacketSize(100).topicAliasMaximum(5).build());
        peer.got();
        String path = " x-bridge-path=me";
        int property = 1 + 2 + "x-bridge-path".length() + 2 + "me".length();
        int most = 100 - HEAD - TOPIC - IDENTIFIER - 1 - property;
        deliver("a/topic8", most, 1);
        deliver("a/topic8", 1, 2);
        deliver("a/topic8", most + 5, 3);
        deliver("a/topic8", most + 6, 4);
        assertEquals(
                List.of(
                        sent("a/topic8", most, 1) + path,
                        sent("a/topic8 alias 1", 1, 2) + path,
                        sent(" alias 1", most + 5, 3) + path),
                peer.got());
        assertEquals(1, world.logged("is too large for the other broker"));
    }
}
