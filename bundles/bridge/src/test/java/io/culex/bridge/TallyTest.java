// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.culex.api.message.Message;
import io.culex.api.message.QoS;
import io.culex.codec.PacketType;
import io.culex.codec.Properties;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A bridge is in the broker's numbers of bytes and packets, as a client is. */
class TallyTest {
    /** A CONNACK and a PUBACK of MQTT 3.1.1, and a PUBLISH of one byte to {@code t}, at QoS 1 and at QoS 0. */
    private static final int CONNACK = 4;

    private static final int PUBACK = 4;
    private static final int PUBLISH_1 = 8;
    private static final int PUBLISH_0 = 6;

    private final World world = new World();

    private static Map<PacketType, Long> counted(Map<PacketType, Long> all) {
        Map<PacketType, Long> some = new EnumMap<>(all);
        some.values().removeIf(count -> count == 0);
        return some;
    }

    private void deliver(int qos, int packetId) {
        world.session().deliver(Message.of("t", "x").withQos(QoS.of(qos)), packetId, false, 1);
    }

    @Test
    void itsBytesAndPacketsAreCountedOnceInASecond() {
        world.begin("topic # both 1", "notifications false");
        FakePeer peer = world.accept();
        FakeRelay session = world.session();
        deliver(1, 7);
        peer.acknowledge(PacketType.PUBACK, 7);
        peer.publish("t", "x", 1, 3, Properties.NONE);
        peer.got();
        assertEquals(0, session.carriedIn);
        world.clockwork.pass(1000);
        assertEquals(CONNACK + PUBACK + PUBLISH_1, session.carriedIn);
        assertEquals(
                Map.of(PacketType.CONNACK, 1L, PacketType.PUBACK, 1L, PacketType.PUBLISH, 1L),
                counted(session.packetsIn));
        assertEquals(
                Map.of(
                        PacketType.CONNECT, 1L,
                        PacketType.SUBSCRIBE, 1L,
                        PacketType.PUBLISH, 1L,
                        PacketType.PUBACK, 1L),
                counted(session.packetsOut));
        long before = session.carriedOut;
        deliver(0, 0);
        peer.got();
        world.clockwork.pass(1000);
        assertEquals(PUBLISH_0, session.carriedOut - before);
        assertEquals(2, session.packetsOut.get(PacketType.PUBLISH));
    }

    @Test
    void whatAConnectionWithoutASessionMovedIsCountedByTheNextOne() {
        world.begin("topic # out 1", "notifications false");
        world.answer().answer(false, 3, Properties.NONE);
        while (world.dialled.size() == 1) {
            world.clockwork.pass(1000);
        }
        world.accept();
        world.clockwork.pass(1000);
        assertEquals(2, world.session().packetsOut.get(PacketType.CONNECT));
        assertEquals(2, world.session().packetsIn.get(PacketType.CONNACK));
        assertEquals(2 * CONNACK, world.session().carriedIn);
    }

    @Test
    void itsGoodbyeIsCountedToo() {
        Bridge bridge = world.begin("topic # out 1", "notifications false");
        world.accept();
        bridge.stop(false);
        assertFalse(world.session().open);
        assertEquals(1, world.session().packetsOut.get(PacketType.DISCONNECT));
    }
}
