// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.local.Backlog;
import io.culex.api.message.ReasonCode;
import io.culex.codec.Properties;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class BridgeTest {
    private final World world = new World();

    @Test
    void saysWhoItIsAndSubscribesOnceItIsAccepted() {
        world.begin("topic a/# out 1", "topic b/# both 2 here/ there/", "remote_username u", "remote_password p");
        assertEquals("there:1883", world.lastDial().target());
        assertEquals(2, world.subscribed().size());
        FakePeer peer = world.answer();
        assertEquals(List.of("CONNECT 4 bridge here.b"), peer.got());
        assertEquals("u", peer.connectPacket().username());
        assertEquals(60, peer.connectPacket().keepAlive());
        assertFalse(peer.connectPacket().cleanStart());
        assertEquals(
                "$SYS/broker/connection/here.b/state",
                Objects.requireNonNull(peer.connectPacket().will()).topicText());
        peer.accept(false);
        assertEquals(
                List.of(
                        "PUBLISH $SYS/broker/connection/here.b/state=1 q1 retain 65280",
                        "SUBSCRIBE there/b/# q2",
                        "UNSUBSCRIBE a/#"),
                peer.got());
        assertEquals(
                List.of(
                        "forget unreleased",
                        "$SYS/broker/connection/here.b/state=1 q1 retain",
                        "retained [here/b/#, a/#]"),
                sorted(world.session().calls));
    }

    private static List<String> sorted(List<String> calls) {
        return calls.stream()
                .map(call -> call.equals("retained [a/#, here/b/#]") ? "retained [here/b/#, a/#]" : call)
                .toList();
    }

    @Test
    void queuesFromTheStartThoughNobodyAnswers() {
        world.begin("topic a/# out 1");
        assertEquals(List.of("a/#"), List.copyOf(world.subscribed().keySet()));
        FakeRelay first = world.opened.get(0);
        assertEquals(List.of("retained []", "$SYS/broker/connection/here.b/state=0 q1 retain", "close"), first.calls);
        assertEquals(0xFFFF_FFFFL, first.request.expirySeconds());
        assertEquals(
                Integer.valueOf(100_000),
                Objects.requireNonNull(first.request.queue()).messages());
    }

    @Test
    void leavesTheMarkOfABridgeOutWhenItIsRefused() {
        world.begin();
        FakePeer peer = world.answer();
        assertTrue(peer.connectPacket().bridge());
        peer.answer(false, 1, Properties.NONE);
        assertFalse(peer.isOpen());
        world.clockwork.pass(30_000);
        assertFalse(world.answer().connectPacket().bridge());
    }

    @Test
    void goesBackToMqtt3WhenTheOtherBrokerKnowsNoMqtt5() {
        world.begin("bridge_protocol_version mqttv50");
        FakePeer peer = world.answer();
        assertEquals(5, peer.connectPacket().version().level());
        peer.send(out -> out.writeInt(0x2002_0001));
        assertFalse(peer.isOpen());
        world.clockwork.pass(30_000);
        assertEquals(4, world.answer().connectPacket().version().level());
    }

    @Test
    void lowersItsWillWhenTheOtherBrokerKeepsNothing() {
        world.begin("bridge_protocol_version mqttv50");
        FakePeer peer = world.answer();
        assertTrue(Objects.requireNonNull(peer.connectPacket().will()).retain());
        peer.answer(false, ReasonCode.RETAIN_NOT_SUPPORTED.code(), Properties.NONE);
        world.clockwork.pass(30_000);
        assertFalse(
                Objects.requireNonNull(world.answer().connectPacket().will()).retain());
    }

    @Test
    void saysNothingRetainedWhereTheRetainFlagIsLeftOut() {
        world.begin("bridge_outgoing_retain false");
        FakePeer peer = world.answer();
        assertFalse(Objects.requireNonNull(peer.connectPacket().will()).retain());
        peer.accept(false);
        assertTrue(peer.got().contains("PUBLISH $SYS/broker/connection/here.b/state=1 q1 65280"));
    }

    @Test
    void asksForItsSessionToStayUnlessItIsClean() {
        world.begin("bridge_protocol_version mqttv50");
        assertEquals(0xFFFF_FFFFL, world.answer().connectPacket().properties().sessionExpiryInterval());
        World other = new World();
        other.begin("bridge_protocol_version mqttv50", "cleansession true");
        assertEquals(-1, other.answer().connectPacket().properties().sessionExpiryInterval());
        assertTrue(other.opened.get(0).request.cleanStart());
    }

    @Test
    void waitsLongerEachTimeAndTakesTheAddressesInTurn() {
        world.begin("address one:1 two:2", "restart_timeout 2 10");
        for (int i = 0; i < 4; i++) {
            assertEquals(i % 2 == 0 ? "one:1" : "two:2", world.lastDial().target());
            world.lastDial().result().completeExceptionally(new IOException("nobody"));
            assertEquals(i + 1, world.logged("next backoff will be"));
            int before = world.dialled.size();
            world.clockwork.pass(1999);
            assertEquals(before, world.dialled.size());
            world.clockwork.pass(8001);
            assertEquals(before + 1, world.dialled.size());
        }
        assertTrue(world.log.contains("Warning: Bridge b cannot connect to one:1: nobody."), world.log.toString());
    }

    @Test
    void goesBackToThePrimaryAddressWhenThatAnswersAgain() {
        world.begin("address one:1 two:2");
        world.lastDial().result().completeExceptionally(new IOException("nobody"));
        world.clockwork.pass(30_000);
        FakePeer secondary = world.accept();
        world.clockwork.pass(6000);
        assertEquals("one:1", world.lastDial().target());
        world.answer();
        assertFalse(secondary.isOpen());
        assertEquals("one:1", world.lastDial().target());
        world.accept();
        assertEquals(2, world.logged("Bridge b connected to"));
    }

    @Test
    void staysWhereItIsWithRoundRobin() {
        world.begin("address one:1 two:2", "round_robin true");
        world.lastDial().result().completeExceptionally(new IOException("nobody"));
        world.clockwork.pass(30_000);
        world.accept();
        int dials = world.dialled.size();
        world.clockwork.pass(20_000);
        assertEquals(dials, world.dialled.size());
    }

    @Test
    void onceIsOnce() {
        Bridge bridge = world.begin("start_type once");
        world.accept().close();
        world.clockwork.pass(1_000_000);
        assertEquals(1, world.dialled.size());
        assertEquals(State.STOPPED, bridge.status().state());
        bridge.resume();
        assertEquals(2, world.dialled.size());
    }

    @Test
    void aLazyOneComesWhenEnoughWaitsAndGoesWhenNothingMoves() {
        Bridge bridge = world.begin("start_type lazy", "threshold 3", "idle_timeout 20");
        world.clockwork.pass(5000);
        assertEquals(0, world.dialled.size());
        assertTrue(Objects.requireNonNull(world.opened.get(0).request.queue()).qos0WhileAway());
        world.backlog = new Backlog(3, 10, 0, 0, 0);
        world.clockwork.pass(1000);
        FakePeer peer = world.accept();
        world.backlog = Backlog.EMPTY;
        world.clockwork.pass(19_000);
        assertTrue(peer.isOpen());
        world.clockwork.pass(2000);
        assertFalse(peer.isOpen());
        assertEquals(State.IDLE, bridge.status().state());
        assertEquals(1, world.logged("Bridge connection local.here.b has exceeded idle timeout, disconnecting."));
    }

    @Test
    void asksWhetherTheOtherBrokerIsThereAndGivesUpOnSilence() {
        Bridge bridge = world.begin("keepalive_interval 10");
        FakePeer peer = world.accept();
        peer.got();
        world.clockwork.pass(11_000);
        assertEquals(List.of("PINGREQ"), peer.got());
        peer.send(out -> out.writeShort(0xD000));
        world.clockwork.pass(11_000);
        assertEquals(List.of("PINGREQ"), peer.got());
        world.clockwork.pass(11_000);
        assertFalse(peer.isOpen());
        assertEquals(State.WAITING, bridge.status().state());
        assertEquals("exceeded timeout", bridge.status().failure());
        assertTrue(world.session().calls.contains("$SYS/broker/connection/here.b/state=0 q1 retain"));
    }

    @Test
    void doesNotWaitForEverForAnAnswer() {
        world.begin();
        FakePeer peer = world.answer();
        world.clockwork.pass(30_000);
        assertFalse(peer.isOpen());
        assertEquals(1, world.logged("no answer to CONNECT"));
    }

    @Test
    void newSettingsCountAtTheNextConnectionOrAtOnce() {
        Bridge bridge = world.begin();
        FakePeer peer = world.accept();
        bridge.change(World.settings("address other:1"));
        assertTrue(peer.isOpen());
        peer.close();
        world.clockwork.pass(30_000);
        assertEquals("other:1", world.lastDial().target());
        FakePeer second = world.accept();
        bridge.change(World.settings("address third:1", "bridge_reload_type immediate"));
        assertFalse(second.isOpen());
        assertEquals("third:1", world.lastDial().target());
    }

    @Test
    void newSettingsAreTriedAlsoWhereTheOldOnesWouldRest() {
        Bridge bridge = world.begin("start_type once");
        FakePeer peer = world.accept();
        bridge.change(World.settings("address other:1", "start_type once"));
        peer.close();
        world.clockwork.pass(30_000);
        assertEquals("other:1", world.lastDial().target());
        world.accept().close();
        world.clockwork.pass(1_000_000);
        assertEquals(2, world.dialled.size());
        assertEquals(State.STOPPED, bridge.status().state());
    }

    @Test
    void newSettingsAreTriedWhenALazyOneGoesBecauseNothingMoves() {
        Bridge bridge = world.begin("start_type lazy", "threshold 3", "idle_timeout 20");
        world.backlog = new Backlog(3, 10, 0, 0, 0);
        world.clockwork.pass(1000);
        FakePeer peer = world.accept();
        world.backlog = Backlog.EMPTY;
        bridge.change(World.settings("address other:1"));
        world.clockwork.pass(21_000);
        assertFalse(peer.isOpen());
        assertEquals("other:1", world.lastDial().target());
    }

    @Test
    void newSettingsCountAtOnceWhileThereIsNoConnection() {
        Bridge bridge = world.begin("address wrong:1");
        world.lastDial().result().completeExceptionally(new IOException("nobody"));
        bridge.change(World.settings("address right:1", "local_clientid other"));
        assertEquals("right:1", world.lastDial().target());
        FakeRelay forgotten = world.opened.stream()
                .filter(each -> each.request.clientId().equals("local.here.b") && each.request.cleanStart())
                .findFirst()
                .orElseThrow();
        assertEquals(0, forgotten.request.expirySeconds());
    }

    @Test
    void newTopicsAreQueuedWhileTheOtherBrokerIsAwayThoughTheSettingsCameLazily() {
        Bridge bridge = world.begin();
        FakePeer peer = world.accept();
        bridge.change(World.settings("topic more/# out 1"));
        int before = world.opened.size();
        peer.close();
        world.clockwork.pass(30_000);
        assertEquals(2, world.dialled.size());
        // The session was made ready with them before the other broker has answered.
        assertEquals(before + 1, world.opened.size());
        assertEquals(State.CONNECTING, bridge.status().state());
    }

    @Test
    void saysGoodbyeWhenItIsPausedAndComesBack() {
        Bridge bridge = world.begin();
        FakePeer peer = world.accept();
        peer.got();
        bridge.pause();
        assertEquals(List.of("PUBLISH $SYS/broker/connection/here.b/state=0 q0 retain", "DISCONNECT"), peer.got());
        world.clockwork.pass(100_000);
        assertEquals(1, world.dialled.size());
        bridge.resume();
        world.accept();
        assertEquals(State.CONNECTED, bridge.status().state());
    }

    @Test
    void warnsOfAPortThatLooksEncryptedAndIsNot() {
        world.begin("address broker.example:8883", "remote_password secret");
        assertEquals(1, world.logged("connects to port 8883 without TLS"));
        World other = new World();
        other.begin("address broker.example:8883", "bridge_tls_use_os_certs true", "bridge_insecure true");
        assertEquals(0, other.logged("without TLS"));
        assertEquals(1, other.logged("insecure mode"));
        assertEquals("true", other.lastDial().request().stages().get("bridge_tls_use_os_certs"));
    }

    @Test
    void hasStoppedWhenItSaysNothingMore() {
        Bridge bridge = world.begin();
        world.answer().accept(false);
        world.clockwork.beBusy();
        CompletableFuture<?> stopped = bridge.stop(false).toCompletableFuture();
        assertFalse(stopped.isDone());
        world.clockwork.goOn();
        assertTrue(stopped.isDone());
    }
}
