// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.conformance;

import static io.culex.itests.RawConnect.bytes;
import static io.culex.testkit.ProtocolVersion.V311;
import static io.culex.testkit.ProtocolVersion.V5;

import io.culex.itests.Refusals;
import io.culex.itests.Spec;
import io.culex.itests.Spec3;
import io.culex.itests.Wire;
import io.culex.itests.WireExtension;
import io.culex.testkit.Ack;
import io.culex.testkit.PacketType;
import io.culex.testkit.Publish;
import io.culex.testkit.Unsubscribe;
import io.culex.testkit.WireClient;
import io.culex.testkit.WireWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WireExtension.class)
class UnsubscribeTest {
    private static final int UNSUBSCRIBE = 0xA2;

    @Test
    @Spec("MQTT-3.10.1-1")
    @Spec3("MQTT-3.10.1-1")
    void withOtherFlagsIsMalformed(Wire wire) {
        for (int flags : new int[] {0, 1, 3, 6, 10}) {
            byte[] packet = Unsubscribe.from(1, wire.topic("a")).encode(V5);
            packet[0] = (byte) (0xA0 | flags);
            Refusals.of(wire, packet);
            byte[] old = Unsubscribe.from(1, wire.topic("a")).encode(V311);
            old[0] = (byte) (0xA0 | flags);
            Refusals.ofVersion3(wire, old);
        }
    }

    @Test
    @Spec("MQTT-3.10.3-1")
    @Spec3("MQTT-3.10.3-1")
    void refusesFiltersThatAreNoGoodStrings(Wire wire) {
        for (byte[] filter : new byte[][] {bytes('a', 0), bytes(0xC0, 0xAF)}) {
            Refusals.of(wire, new WireWriter().u16(1).u8(0).binary(filter).toPacket(UNSUBSCRIBE), 0x8F);
            Refusals.ofVersion3(wire, new WireWriter().u16(1).binary(filter).toPacket(UNSUBSCRIBE));
        }
    }

    @Test
    @Spec("MQTT-3.10.3-2")
    @Spec3("MQTT-3.10.3-2")
    void refusesAPacketWithoutFilter(Wire wire) {
        Refusals.of(wire, bytes(UNSUBSCRIBE, 3, 0, 1, 0));
        Refusals.ofVersion3(wire, bytes(UNSUBSCRIBE, 2, 0, 1));
    }

    @Test
    @Spec("MQTT-2.2.1-3")
    @Spec3("MQTT-2.3.1-1")
    void refusesPacketIdentifier0(Wire wire) {
        Refusals.of(wire, Unsubscribe.from(0, wire.topic("a")));
        Refusals.ofVersion3(wire, Unsubscribe.from(0, wire.topic("a")).encode(V311));
    }

    @Test
    @Spec("MQTT-3.10.4-1")
    @Spec3("MQTT-3.10.4-1")
    void endsTheSubscriptionOfExactlyThisFilter(Wire wire) {
        WireClient client = wire.v5("c");
        client.subscribe(wire.topic("a/+"), 0);
        client.unsubscribe(wire.topic("a/b"), wire.topic("a/#"), wire.topic("A/+"));
        client.publish(wire.topic("a/b"), "still", 0);
        client.expectPublish("still");
        client.unsubscribe(wire.topic("a/+"));
        client.publish(wire.topic("a/b"), "no more", 0);
        client.expectNothing();
    }

    @Test
    @Spec("MQTT-3.10.4-2")
    @Spec3("MQTT-3.10.4-2")
    void addsNoMessageAfterUnsuback(Wire wire) {
        WireClient receiver = wire.v5("r");
        receiver.subscribe(wire.topic("a"), 1);
        receiver.subscribe(wire.topic("z"), 1);
        WireClient publisher = wire.v5("p");
        publisher.publish(wire.topic("a"), "before", 1);
        receiver.acknowledge(receiver.expectPublish("before"));
        receiver.unsubscribe(wire.topic("a"));
        publisher.publish(wire.topic("a"), "after", 1);
        publisher.publish(wire.topic("z"), "sentinel", 1);
        receiver.expectPublish("sentinel");
    }

    @Test
    @Spec("MQTT-3.10.4-3")
    @Spec3("MQTT-3.10.4-3")
    void completesWhatWasUnderWay(Wire wire) {
        WireClient receiver = wire.v5("r");
        receiver.subscribe(wire.topic("a"), 2);
        wire.v5("p").publish(wire.topic("a"), "x", 2);
        Publish publish = receiver.expectPublish("x");
        receiver.unsubscribe(wire.topic("a"));
        receiver.send(Ack.pubrec(publish.id()));
        receiver.expectAck(PacketType.PUBREL, publish.id());
        receiver.send(Ack.pubcomp(publish.id()));
        receiver.expectNothing();
    }

    @Test
    @Spec("MQTT-3.10.4-6")
    @Spec3("MQTT-3.10.4-6")
    void handlesManyFiltersAtOnce(Wire wire) {
        WireClient client = wire.v5("c");
        client.subscribe(wire.topic("a"), 0);
        client.subscribe(wire.topic("b"), 0);
        client.unsubscribe(wire.topic("a"), wire.topic("b"));
        client.publish(wire.topic("a"), "x", 0);
        client.publish(wire.topic("b"), "x", 0);
        client.expectNothing();
    }
}
