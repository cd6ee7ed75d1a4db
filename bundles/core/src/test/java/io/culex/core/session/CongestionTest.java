// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CongestionTest {
    private final SessionHall hall = new SessionHall();
    private final FakeLink link = new FakeLink(SessionHall.DOOR);
    private final List<String> relieved = new ArrayList<>();
    private Session session;

    CongestionTest() {
        hall.take(SessionHall.limits(20, 0, 1_000, 0));
        session = hall.connect("id", link);
    }

    @BeforeEach
    void subscribe() {
        SessionHall.subscribe(session, "t", 1);
        link.ready = false;
    }

    @AfterEach
    void stop() {
        hall.plugins.close();
    }

    private void publish(int count) {
        for (int i = 0; i < count; i++) {
            hall.publish("t", "x", 1);
        }
    }

    private void wait(String who) {
        session.awaitRelief(() -> relieved.add(who));
    }

    private void take(int count) {
        link.ready = true;
        for (int i = 0; i < count; i++) {
            session.resume();
            String first = link.sent.remove(0);
            session.outbox().acknowledged(Integer.parseInt(first.split("[# ]+")[1]), 1);
        }
        link.ready = false;
        link.sent.clear();
    }

    @Test
    void halfAFullQueueHoldsThePublishersUntilTheReceiverHasCaughtUp() {
        publish(499);
        assertFalse(session.isCongested());
        publish(1);
        assertTrue(session.isCongested());
        assertTrue(hall.loops.get(0).isCongested());
        wait("a");
        assertEquals(List.of(), relieved);
        link.ready = true;
        while (session.outbox().queued() > 125) {
            session.resume();
            session.outbox().acknowledged(Integer.parseInt(link.sent.remove(0).split("[# ]+")[1]), 1);
        }
        assertEquals(List.of("a"), relieved);
        assertFalse(session.isCongested());
        assertFalse(hall.loops.get(0).isCongested());
        wait("b");
        assertEquals(List.of("a", "b"), relieved);
    }

    @Test
    void aReceiverThatTakesNothingHoldsNobodyForLong() {
        publish(600);
        wait("a");
        hall.loops.pass(Duration.ofMillis(Congestion.PATIENCE_MILLIS));
        assertEquals(List.of("a"), relieved);
        publish(1);
        wait("b");
        hall.loops.run();
        assertEquals(List.of("a", "b"), relieved);
    }

    @Test
    void whatWasOnItsWayWhenAReceiverFellBehindIsNotLostForWantOfRoom() {
        publish(3_000);
        assertEquals(3_000, session.outbox().queued());
        hall.loops.pass(Duration.ofMillis(Congestion.PATIENCE_MILLIS));
        publish(1);
        assertEquals(3_000, session.outbox().queued());
        assertEquals(1, session.outbox().backlog().dropped());
    }

    @Test
    void noMoreThanMayBeOnItsWayIsTakenAboveTheLimits() {
        publish(1_000 + 8_192 + 10);
        assertEquals(1_000 + 8_192, session.outbox().queued());
    }

    @Test
    void noMoreBytesThanMayBeOnTheirWayAreTakenAboveTheLimits() {
        publish(1_000);
        String large = "x".repeat(1 << 20);
        for (int i = 0; i < 20; i++) {
            hall.publish("t", large, 1);
        }
        assertEquals(1_016, session.outbox().queued());
    }

    @Test
    void aQueueOfQos0DoesNotBecomeLargeByItsPayload() {
        SessionHall.subscribe(session, "q0", 0);
        publish(600);
        link.largestPayload = 0;
        String large = "x".repeat(1 << 20);
        for (int i = 0; i < 20; i++) {
            hall.publish("q0", large, 0);
        }
        assertEquals(616, session.outbox().queued());
        hall.publish("t", large, 1);
        assertEquals(617, session.outbox().queued());
    }

    @Test
    void aReceiverThatTakesEnoughIsWaitedForLonger() {
        publish(900);
        wait("a");
        take(Congestion.PROGRESS + 20);
        hall.loops.pass(Duration.ofMillis(Congestion.PATIENCE_MILLIS));
        assertEquals(List.of(), relieved);
        hall.loops.pass(Duration.ofMillis(Congestion.PATIENCE_MILLIS));
        assertEquals(List.of("a"), relieved);
    }

    @Test
    void aReceiverThatTakesEnoughWhileMoreComesFromAnotherLoopIsWaitedForToo() {
        link.ready = true;
        for (int i = 0; i < 600; i++) {
            hall.publishAfar("t", "x", 1);
        }
        wait("a");
        for (int i = 0; i < Congestion.PROGRESS + 20; i++) {
            session.outbox().acknowledged(Integer.parseInt(link.sent.remove(0).split("[# ]+")[1]), 1);
            hall.publishAfar("t", "x", 1);
        }
        hall.loops.pass(Duration.ofMillis(Congestion.PATIENCE_MILLIS));
        assertEquals(List.of(), relieved);
    }

    @Test
    void aReceiverWhoseGateWaitsForAPluginIsNotSlow() {
        link.ready = true;
        hall.take(SessionHall.limits(20, 0, 1_000, 0), "acl");
        publish(600);
        wait("a");
        hall.loops.pass(Duration.ofSeconds(9));
        assertEquals(List.of(), relieved);
        hall.plugins.bind("acl", SessionHall.allowsEverything());
        hall.loops.pass(Duration.ofMillis(Congestion.PATIENCE_MILLIS));
        assertEquals(List.of(), relieved);
        take(500);
        assertEquals(List.of("a"), relieved);
    }

    @Test
    void aReceiverWhoseGateRefusesIsAsSlowAsAnother() {
        hall.take(SessionHall.limits(20, 0, 1_000, 0), "acl");
        publish(600);
        wait("a");
        hall.plugins.pass(10_000);
        hall.loops.pass(Duration.ofSeconds(1));
        assertEquals(List.of("a"), relieved);
    }

    @Test
    void aSlowReceiverMayHoldAgainAfterAWhile() {
        publish(600);
        wait("a");
        hall.loops.pass(Duration.ofSeconds(2));
        assertEquals(List.of("a"), relieved);
        publish(1);
        wait("b");
        hall.loops.run();
        assertEquals(List.of("a"), relieved);
        hall.loops.pass(Duration.ofSeconds(1));
        assertEquals(List.of("a", "b"), relieved);
    }

    @Test
    void theEndOfTheLinkRelievesEveryone() {
        publish(600);
        wait("a");
        session.detach(link, false);
        assertEquals(List.of("a"), relieved);
        assertFalse(hall.loops.get(0).isCongested());
        publish(300);
        assertFalse(session.isCongested());
    }

    @Test
    void aFullSocketCountsToo() {
        SessionHall.subscribe(session, "q0", 0);
        link.backlog = 500;
        hall.publish("q0", "x", 0);
        assertTrue(session.isCongested());
        link.backlog = 0;
        link.ready = true;
        session.resume();
        assertFalse(session.isCongested());
    }

    @Test
    void thoseWhoWaitForAReplacedLinkAreRelieved() {
        publish(600);
        wait("a");
        FakeLink next = new FakeLink(SessionHall.DOOR);
        hall.connect("id", next, SessionHall.how(true, 0, null));
        assertEquals(List.of("a"), relieved);
        assertFalse(hall.loops.get(0).isCongested());
    }
}
