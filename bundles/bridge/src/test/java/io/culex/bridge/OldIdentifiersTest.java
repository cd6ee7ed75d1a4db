// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.local.RelaySession;
import io.culex.api.message.Message;
import io.culex.api.message.QoS;
import io.culex.api.message.ReasonCode;
import io.culex.codec.PacketType;
import io.culex.codec.PacketWriter;
import io.culex.codec.Properties;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The other broker goes on with a session whose Packet Identifiers nobody here knows any more. */
class OldIdentifiersTest {
    private static final String V5 = "bridge_protocol_version mqttv50";
    private static final String QUIET = "notifications false";

    private final World world = new World();

    private FakePeer connect(String... lines) {
        world.present = false;
        world.begin(lines);
        return again();
    }

    private FakePeer again() {
        FakePeer peer = world.answer();
        peer.accept(true);
        return peer;
    }

    /** The Packet Identifiers that the other broker is asked to release. */
    private static List<Integer> released(FakePeer peer) {
        return peer.got().stream()
                .filter(packet -> packet.startsWith("PUBREL "))
                .map(packet -> Integer.valueOf(packet.substring("PUBREL ".length())))
                .toList();
    }

    /** Answers all but the last. */
    private static List<Integer> answerAllButOne(FakePeer peer) {
        List<Integer> all = new ArrayList<>();
        for (List<Integer> some = released(peer); !some.isEmpty(); some = released(peer)) {
            all.addAll(some);
            List<Integer> answered = some.stream()
                    .filter(id -> id != RelaySession.FREE_IDENTIFIERS - 1)
                    .toList();
            peer.send(out -> answered.forEach(id -> PacketWriter.acknowledge(out, PacketType.PUBCOMP, id)));
        }
        return all;
    }

    private void deliver(int packetId) {
        world.session().deliver(Message.of("t", "m").withQos(QoS.EXACTLY_ONCE), packetId, false, 1);
    }

    private boolean isReady() {
        return world.session().receiver.isReady();
    }

    @Test
    void allAreReleasedBeforeAMessageThatHasOneGoesOut() {
        FakePeer peer = connect(V5, QUIET, "topic t both 2");
        List<Integer> every =
                IntStream.range(1, RelaySession.FREE_IDENTIFIERS).boxed().toList();
        assertEquals(every, answerAllButOne(peer));
        assertFalse(isReady());
        peer.publish("t", "comes", 1, 7, Properties.NONE);
        assertEquals(List.of("PUBACK 7"), peer.got());
        world.session().deliver(Message.of("t", "at once"), 0, false, 1);
        assertEquals(List.of("PUBLISH t=at once q0 x-bridge-path=me"), peer.got());
        peer.refuse(PacketType.PUBCOMP, RelaySession.FREE_IDENTIFIERS - 1, ReasonCode.PACKET_IDENTIFIER_NOT_FOUND);
        assertTrue(isReady());
        assertEquals(0, world.logged("refuses"));
        deliver(5);
        assertEquals(List.of("PUBLISH t=m q2 5 x-bridge-path=me"), peer.got());
        peer.acknowledge(PacketType.PUBREC, 5);
        peer.acknowledge(PacketType.PUBCOMP, 5);
        assertTrue(world.session().calls.contains("acknowledged 5 q2"));
        world.present = true;
        peer.close();
        world.clockwork.pass(30_000);
        assertEquals(List.of(), released(again()));
    }

    @Test
    void theyAreStillToBeReleasedWhenTheConnectionEndsMeanwhile() {
        FakePeer peer = connect(QUIET);
        answerAllButOne(peer);
        world.present = true;
        peer.close();
        world.clockwork.pass(30_000);
        FakePeer next = again();
        assertEquals(RelaySession.FREE_IDENTIFIERS - 1, answerAllButOne(next).size());
        assertFalse(isReady());
    }

    @Test
    void newSettingsDoNotForgetThem() {
        world.present = false;
        Bridge bridge = world.begin();
        world.present = true;
        bridge.change(World.settings("topic t out 1"));
        assertFalse(released(again()).isEmpty());
    }

    @Test
    void nothingIsReleasedWhereNothingCanBeHeld() {
        assertEquals(List.of(), released(connect("topic t out 1", "topic u in 2")));
        assertTrue(isReady());
        World other = new World();
        other.present = false;
        other.begin();
        assertEquals(List.of(), released(other.accept()));
        assertTrue(other.session().receiver.isReady());
    }

    @Test
    void aBrokerThatDoesNotAnswerGetsMessagesAllTheSame() {
        FakePeer peer = connect(QUIET, "keepalive_interval 600");
        int before = released(peer).size();
        world.clockwork.pass(29_000);
        assertFalse(isReady());
        world.clockwork.pass(2_000);
        assertTrue(isReady());
        assertEquals(1, world.logged("does not answer PUBREL"));
        assertEquals(RelaySession.FREE_IDENTIFIERS - 1, before + released(peer).size());
        world.session().calls.clear();
        deliver(5);
        peer.acknowledge(PacketType.PUBCOMP, 5);
        assertEquals(List.of(), world.session().calls);
        peer.acknowledge(PacketType.PUBREC, 5);
        peer.acknowledge(PacketType.PUBCOMP, 5);
        assertEquals(List.of("received 5", "acknowledged 5 q2"), world.session().calls);
        peer.close();
    }
}
