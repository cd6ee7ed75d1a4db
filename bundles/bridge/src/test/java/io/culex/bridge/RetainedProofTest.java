// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.api.message.Message;
import io.culex.api.message.QoS;
import io.culex.codec.PacketWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nobody acknowledges QoS 0: which retained messages the other broker has, it is asked, and only when one has gone out. */
class RetainedProofTest {
    private final World world = new World();

    private FakePeer connect() {
        world.begin("topic # out 1", "keepalive_interval 3600");
        FakePeer peer = world.accept();
        peer.got();
        world.session().calls.clear();
        return peer;
    }

    private void deliver(int qos, boolean retain) {
        world.session()
                .deliver(Message.of("t", "x").withQos(QoS.of(qos)).withRetain(retain), qos == 0 ? 0 : 7, false, 1);
    }

    @Test
    void itIsProvedByAnAnswerToAPing() {
        FakePeer peer = connect();
        world.session().retainedMark = 5;
        world.clockwork.pass(1000);
        world.session().retainedMark = 6;
        deliver(0, true);
        world.clockwork.pass(1000);
        assertEquals(List.of("PUBLISH t=x q0 retain", "PINGREQ"), peer.got());
        world.session().retainedMark = 7;
        deliver(0, true);
        world.clockwork.pass(2000);
        assertEquals(List.of("PUBLISH t=x q0 retain"), peer.got());
        peer.send(PacketWriter::pingresp);
        assertEquals(List.of("retained there 5"), world.session().calls);
        world.clockwork.pass(1000);
        assertEquals(List.of("PINGREQ"), peer.got());
        peer.send(PacketWriter::pingresp);
        assertEquals(List.of("retained there 5", "retained there 7"), world.session().calls);
        world.clockwork.pass(3000);
        assertEquals(List.of(), peer.got());
    }

    @Test
    void nobodyIsAskedAboutWhatDoesNotGoThere() {
        FakePeer peer = connect();
        for (long mark = 1; mark < 5; mark++) {
            world.session().retainedMark = mark;
            world.clockwork.pass(1000);
        }
        assertEquals(List.of(), peer.got());
        assertEquals(List.of("retained there 1", "retained there 2", "retained there 3"), world.session().calls);
    }

    @Test
    void nobodyIsAskedAboutWhatIsAcknowledgedOrNotRetained() {
        FakePeer peer = connect();
        world.session().retainedMark = 5;
        deliver(1, true);
        deliver(0, false);
        world.clockwork.pass(3000);
        assertEquals(List.of("PUBLISH t=x q1 retain 7", "PUBLISH t=x q0"), peer.got());
        assertEquals(List.of("retained there 5"), world.session().calls);
    }
}
