// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.message.Message;
import io.culex.api.message.QoS;
import io.culex.api.message.ReasonCode;
import io.culex.codec.PacketType;
import io.culex.codec.Properties;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was under way when a connection ended, and how it goes on with the next one, perhaps over another address. */
class ComesAgainTest {
    private static final String QUIET = "notifications false";
    private static final String[] ONE = {QUIET, "bridge_attempt_unsubscribe false", "topic t both 2"};
    private static final String[] TWO = {
        "address one:1 two:2", "round_robin true", QUIET, "bridge_attempt_unsubscribe false", "topic t both 2"
    };

    private final World world = new World();

    private FakePeer connect() {
        world.clockwork.pass(30_000);
        FakePeer peer = world.answer();
        peer.accept(true);
        peer.got();
        return peer;
    }

    private FakePeer connectQuietly() {
        FakePeer peer = connect();
        world.session().calls.clear();
        return peer;
    }

    private void deliver(int packetId, boolean duplicate) {
        world.session().deliver(Message.of("t", "m").withQos(QoS.EXACTLY_ONCE), packetId, duplicate, 1);
    }

    private static void complete(FakePeer peer, int packetId) {
        peer.acknowledge(PacketType.PUBREC, packetId);
        peer.acknowledge(PacketType.PUBCOMP, packetId);
    }

    @Test
    void whatCameOverOneAddressIsNotPublishedAgainOverAnotherOfTheSameBroker() {
        world.begin(TWO);
        FakePeer one = connectQuietly();
        one.publish("t", "m", 2, 7, Properties.NONE);
        one.close();
        FakePeer two = connectQuietly();
        two.send(FakePeer.again("t", "m", 7));
        assertEquals(List.of("PUBREC 7"), two.got());
        assertEquals(List.of(), world.session().calls);
        two.close();
        one = connectQuietly();
        one.send(FakePeer.again("t", "m", 7));
        one.acknowledge(PacketType.PUBREL, 7);
        assertEquals(List.of("PUBREC 7", "PUBCOMP 7"), one.got());
        one.send(FakePeer.again("t", "m", 7));
        assertEquals(List.of("release 7", "t=m q2 under 7"), world.session().calls);
    }

    @Test
    void whatIsAnotherMessageIsPublishedThoughItsIdentifierIsNotReleasedAtTheOtherAddress() {
        world.begin(TWO);
        FakePeer one = connectQuietly();
        one.publish("t", "m", 2, 7, Properties.NONE);
        one.publish("t", "m", 2, 8, Properties.NONE);
        one.close();
        FakePeer two = connectQuietly();
        two.send(FakePeer.again("t", "n", 7));
        two.publish("t", "m", 2, 8, Properties.NONE);
        assertEquals(List.of("t=n q2 under 7", "t=m q2 under 8"), world.session().calls);
    }

    @Test
    void whatIsKeptAfterItsConnectionIsNotTakenForWhatWasReleasedMeanwhile() {
        world.begin(ONE);
        FakePeer peer = connectQuietly();
        FakeRelay before = world.session();
        before.holdsPublishes = true;
        peer.publish("t", "m", 2, 7, Properties.NONE);
        peer.close();
        peer = connectQuietly();
        peer.send(FakePeer.again("t", "m", 7));
        peer.acknowledge(PacketType.PUBREL, 7);
        before.publishing.get(0).complete(ReasonCode.SUCCESS);
        peer.send(FakePeer.again("t", "m", 7));
        assertEquals(List.of("t=m q2 under 7", "release 7", "t=m q2 under 7"), world.session().calls);
    }

    @Test
    void whatIsKeptAfterItsConnectionIsNotPublishedAgainOverAnotherAddress() {
        world.begin(TWO);
        FakePeer one = connectQuietly();
        FakeRelay before = world.session();
        before.holdsPublishes = true;
        one.publish("t", "m", 2, 7, Properties.NONE);
        one.close();
        FakePeer two = connectQuietly();
        before.publishing.get(0).complete(ReasonCode.SUCCESS);
        two.send(FakePeer.again("t", "m", 7));
        assertEquals(List.of(), world.session().calls);
        assertEquals(List.of("PUBREC 7"), two.got());
    }

    @Test
    void whatOneMayHoldFromBeforeTheStartIsReleasedThereWhenTheOtherHasCompletedIt() {
        world.begin(TWO);
        connect().close();
        FakePeer two = connect();
        world.session().receiver.release(4);
        deliver(5, true);
        deliver(6, false);
        two.acknowledge(PacketType.PUBCOMP, 4);
        complete(two, 5);
        complete(two, 6);
        two.close();
        world.clockwork.pass(30_000);
        FakePeer one = world.answer();
        one.accept(true);
        assertEquals(
                List.of("PUBREL 4", "PUBREL 5"),
                one.got().stream().filter(packet -> packet.startsWith("PUBREL")).toList());
    }

    @Test
    void whatWasSentAndDoesNotGoOnIsReleasedAtOnce() {
        Bridge bridge = world.begin(QUIET, "topic t out 2");
        FakePeer peer = connect();
        deliver(5, false);
        peer.close();
        bridge.change(World.settings(QUIET, "topic u out 2"));
        peer = connectQuietly();
        deliver(5, true);
        deliver(6, false);
        assertEquals(List.of("received 5", "acknowledged 6 q2"), world.session().calls);
        world.session().receiver.release(5);
        peer.acknowledge(PacketType.PUBCOMP, 5);
        assertEquals(List.of("PUBREL 5"), peer.got());
        assertTrue(world.session().calls.contains("acknowledged 5 q2"));
    }

    @Test
    void retainedMessagesThatOneConnectionDidNotLastForComeOnTheNext() {
        world.begin(ONE);
        connect().close();
        world.holdsRetained = true;
        world.clockwork.pass(30_000);
        FakePeer peer = world.accept();
        assertTrue(world.session().calls.contains("retained [t]"));
        peer.close();
        world.holdsRetained = false;
        peer = connect();
        assertTrue(
                world.session().calls.contains("retained [t]"),
                world.session().calls.toString());
        peer.close();
        connect();
        assertTrue(
                world.session().calls.contains("retained []"),
                world.session().calls.toString());
    }
}
