// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.local.RelaySession;
import io.culex.api.message.Message;
import io.culex.api.message.QoS;
import io.culex.codec.PacketType;
import io.culex.codec.PacketWriter;
import io.culex.codec.Properties;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each address has a broker of its own, which holds what it was sent, whatever happens at the others. */
class SeveralAddressesTest {
    private static final String[] TWO = {
        "address one:1 two:2",
        "round_robin true",
        "notifications false",
        "bridge_attempt_unsubscribe false",
        "topic t both 2"
    };

    private final World world = new World();

    /** The next one in turn goes on with its session. */
    private FakePeer connect(String target) {
        world.clockwork.pass(30_000);
        assertEquals(target, world.lastDial().target());
        FakePeer peer = world.answer();
        peer.accept(true);
        world.session().calls.clear();
        return peer;
    }

    private static List<String> released(FakePeer peer) {
        return peer.got().stream().filter(packet -> packet.startsWith("PUBREL")).toList();
    }

    private void deliver(int packetId, boolean duplicate) {
        world.session().deliver(Message.of("t", "m").withQos(QoS.EXACTLY_ONCE), packetId, duplicate, 1);
    }

    private static void complete(FakePeer peer, int packetId) {
        peer.acknowledge(PacketType.PUBREC, packetId);
        peer.acknowledge(PacketType.PUBCOMP, packetId);
    }

    private static void releaseAll(FakePeer peer) {
        for (List<String> some = released(peer); !some.isEmpty(); some = released(peer)) {
            List<String> answered = some;
            peer.send(out -> answered.forEach(packet -> PacketWriter.acknowledge(
                    out, PacketType.PUBCOMP, Integer.parseInt(packet.substring("PUBREL ".length())))));
        }
    }

    @Test
    void whatIsReleasedAtOneIsStillToBeReleasedAtTheOther() {
        world.present = false;
        world.begin(TWO);
        world.present = true;
        FakePeer one = connect("one:1");
        assertFalse(world.session().receiver.isReady());
        releaseAll(one);
        assertTrue(world.session().receiver.isReady());
        one.close();
        FakePeer two = connect("two:2");
        assertFalse(world.session().receiver.isReady());
        releaseAll(two);
        assertTrue(world.session().receiver.isReady());
        two.close();
        assertEquals(List.of(), released(connect("one:1")));
    }

    @Test
    void whatWasCompletedAtTheOtherIsReleasedWhereItWasLeft() {
        world.begin(TWO);
        FakePeer one = connect("one:1");
        deliver(5, false);
        deliver(6, false);
        deliver(7, false);
        one.acknowledge(PacketType.PUBREC, 5);
        one.close();
        FakePeer two = connect("two:2");
        world.session().receiver.release(5);
        deliver(6, true);
        two.acknowledge(PacketType.PUBCOMP, 5);
        complete(two, 6);
        two.close();
        one = connect("one:1");
        assertEquals(List.of("PUBREL 5", "PUBREL 6"), released(one));
        assertFalse(world.session().receiver.isReady());
        one.acknowledge(PacketType.PUBCOMP, 5);
        one.acknowledge(PacketType.PUBCOMP, 6);
        assertTrue(world.session().receiver.isReady());
        deliver(7, true);
        complete(one, 7);
        assertEquals(
                List.of("acknowledged 7 q2"),
                world.session().calls.stream()
                        .filter(call -> call.startsWith("acknowledged"))
                        .toList());
        one.close();
        assertEquals(List.of(), released(connect("two:2")));
    }

    @Test
    void whatWasCompletedBeforeTheOtherWasDialledIsReleasedThere() {
        world.begin(TWO);
        FakePeer one = connect("one:1");
        deliver(5, true);
        deliver(6, false);
        complete(one, 5);
        complete(one, 6);
        deliver(5, false);
        complete(one, 5);
        one.close();
        FakePeer two = connect("two:2");
        assertEquals(List.of("PUBREL 5"), released(two));
        assertFalse(world.session().receiver.isReady());
        two.acknowledge(PacketType.PUBCOMP, 5);
        assertTrue(world.session().receiver.isReady());
        two.close();
        assertEquals(List.of(), released(connect("one:1")));
    }

    @Test
    void aCleanSessionReleasesOnlyWhatItHasLeft() {
        world.present = false;
        String[] lines = java.util.Arrays.copyOf(TWO, TWO.length + 1);
        lines[TWO.length] = "local_cleansession true";
        lines[0] = "address one:1";
        world.begin(lines);
        FakePeer one = connect("one:1");
        releaseAll(one);
        deliver(9, false);
        one.close();
        one = connect("one:1");
        assertEquals(List.of("PUBREL 9"), released(one));
    }

    @Test
    void whatOneHasNotReleasedIsNoMessageOfTheOther() {
        world.begin(TWO);
        FakePeer one = connect("one:1");
        one.publish("t", "from one", 2, 5, Properties.NONE);
        assertEquals(List.of("release 5", "t=from one q2 under 5"), world.session().calls);
        one.close();
        FakePeer two = answerAndKeepCalls("two:2");
        assertTrue(world.session().calls.contains("forget unreleased"));
        two.publish("t", "from two", 2, 5, Properties.NONE);
        assertTrue(world.session().calls.contains("t=from two q2 under 5"));
        two.close();
        one = connect("one:1");
        one.got();
        one.send(FakePeer.again("t", "from one", 5));
        assertEquals(List.of("PUBREC 5"), one.got());
        assertEquals(List.of(), world.session().calls);
        one.acknowledge(PacketType.PUBREL, 5);
        assertEquals(List.of("PUBCOMP 5"), one.got());
        one.publish("t", "another", 2, 5, Properties.NONE);
        assertEquals(List.of("release 5", "t=another q2 under 5"), world.session().calls);
    }

    @Test
    void whatIsFoundAtTheStartIsNoNewMessageOfWhicheverBrokerComes() {
        world.begin(TWO);
        FakePeer one = connect("one:1");
        one.send(FakePeer.again("t", "perhaps found", 4));
        one.publish("t", "new", 2, 5, Properties.NONE);
        one.acknowledge(PacketType.PUBREL, 5);
        one.publish("t", "newer", 2, 5, Properties.NONE);
        assertEquals(
                List.of(
                        "t=perhaps found q2 under 4",
                        "release 5",
                        "t=new q2 under 5",
                        "release 5",
                        "t=newer q2 under 5"),
                world.session().calls);
    }

    private FakePeer answerAndKeepCalls(String target) {
        world.clockwork.pass(30_000);
        assertEquals(target, world.lastDial().target());
        FakePeer peer = world.answer();
        peer.accept(true);
        return peer;
    }

    @Test
    void eachGetsAllRetainedMessagesWhenTheOtherHadThem() {
        world.begin(TWO);
        connect("one:1").close();
        answerAndKeepCalls("two:2");
        assertTrue(
                world.session().calls.contains("retained [t]"),
                world.session().calls.toString());
    }

    @Test
    void eachGetsAllRetainedMessagesWhenNobodyKnowsWhichHadThem() {
        Bridge bridge = world.begin(TWO);
        connect("one:1");
        bridge.stop(false);
        world.begin(TWO);
        answerAndKeepCalls("one:1");
        assertTrue(
                world.session().calls.contains("retained [t]"),
                world.session().calls.toString());
    }

    @Test
    void theSameOneIsAskedAgainWhenOnlyTheLoopWasAnother() {
        world.begin(TWO);
        world.clockwork.here = false;
        world.current = new FakeClockwork();
        world.accept();
        assertEquals(1, world.logged("its session is on another event loop"));
        world.clockwork.pass(30_000);
        assertEquals("one:1", world.lastDial().target());
    }

    @Test
    void aReleaseIsNoBusinessOfABrokerThatTakesNoQos2() {
        world.begin("notifications false", "bridge_protocol_version mqttv50", "topic t out 2");
        FakePeer peer = world.answer();
        peer.answer(true, 0, Properties.builder().maximumQos(1).build());
        peer.got();
        world.session().calls.clear();
        world.session().receiver.release(RelaySession.FREE_IDENTIFIERS - 1);
        assertEquals(List.of(), peer.got());
        assertEquals(List.of("acknowledged " + (RelaySession.FREE_IDENTIFIERS - 1) + " q2"), world.session().calls);
    }
}
