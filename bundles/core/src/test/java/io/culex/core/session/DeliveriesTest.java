// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.auth.Access;
import io.culex.api.auth.Authorizer;
import io.culex.api.auth.Subject;
import io.culex.api.auth.Verdict;
import io.culex.api.config.BrokerSettings;
import io.culex.api.local.SubscribeOptions;
import io.culex.api.message.Message;
import io.culex.api.message.QoS;
import io.culex.core.loop.Counter;
import io.culex.core.route.Publication;
import io.culex.core.route.Subscription;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeliveriesTest {
    private static final List<String> NOTHING = List.of();

    private final SessionHall hall = new SessionHall();
    private final FakeLink link = new FakeLink(SessionHall.DOOR);

    @AfterEach
    void stop() {
        hall.plugins.close();
    }

    private static BrokerSettings sessions(boolean duplicates, boolean queueQos0, boolean upgrade) {
        return BrokerSettings.DEFAULTS.with(new BrokerSettings.Sessions(
                duplicates,
                Duration.ZERO,
                Duration.ZERO,
                queueQos0,
                upgrade,
                Duration.ofSeconds(30),
                Duration.ofSeconds(10)));
    }

    /** Whoever may do what with which topic. */
    private static final class Acl implements Authorizer {
        private Access denied = Access.UNSUBSCRIBE;
        private long changes;

        @Override
        public Verdict check(Access access, Subject subject, String topic) {
            return access == denied ? Verdict.DENY : Verdict.ALLOW;
        }

        @Override
        public long changes() {
            return changes;
        }

        void deny(Access access) {
            denied = access;
            changes++;
        }
    }

    @Test
    void theLowerQosCounts() {
        Session session = hall.connect("id", link);
        SessionHall.subscribe(session, "t", 1);
        for (int qos = 0; qos <= 2; qos++) {
            hall.publish("t", "near", qos);
            hall.publishAfar("t", "far", qos);
        }
        assertEquals(
                List.of("q0 t=near", "q0 t=far", "q1 #1 t=near", "q1 #2 t=far", "q1 #3 t=near", "q1 #4 t=far"),
                link.take());
    }

    @Test
    void upgradeOutgoingQosMakesItTheSubscriptions() {
        hall.take(sessions(true, false, true));
        SessionHall.subscribe(hall.connect("id", link), "t", 1);
        hall.publish("t", "a", 0);
        hall.publishAfar("t", "b", 2);
        assertEquals(List.of("q1 #1 t=a", "q1 #2 t=b"), link.take());
    }

    @Test
    void upgradeOutgoingQosHoldsForRetainedMessages() {
        hall.take(sessions(true, false, true));
        hall.publish(1, "t", "a", 0, true);
        hall.publish(1, "u", "b", 0, true);
        Session session = hall.connect("id", link);
        SessionHall.subscribe(session, "t", 1);
        assertEquals(List.of("q1 #1 retain t=a"), link.take());
        link.ready = false;
        SessionHall.subscribe(session, "u", 2);
        session.detach(link, false);
        assertEquals(1, session.outbox().queued());
    }

    @Test
    void overlappingSubscriptionsDeliverOnceEach() {
        Session session = hall.connect("id", link);
        SessionHall.subscribe(session, "t", 0);
        SessionHall.subscribe(session, "#", 1);
        hall.publish("t", "a", 1);
        hall.publishAfar("t", "b", 1);
        assertEquals(4, link.take().size());
    }

    @Test
    void withoutDuplicatesAnOldClientGetsOneCopyAtTheHighestQos() {
        hall.take(sessions(false, false, false));
        link.level = 4;
        Session session = hall.connect("id", link);
        for (String filter : List.of("#", "+", "t")) {
            SessionHall.subscribe(session, filter, filter.equals("+") ? 2 : 0);
        }
        hall.publish("t", "a", 2);
        hall.publish("t", "b", 2);
        hall.publishAfar("t", "c", 2);
        hall.publishAfar("t", "d", 2);
        assertEquals(List.of("q2 #1 t=a", "q2 #2 t=b", "q2 #3 t=c", "q2 #4 t=d"), link.take());
    }

    @Test
    void withoutDuplicatesAClientOfMqtt5StillGetsThemAll() {
        hall.take(sessions(false, false, false));
        Session session = hall.connect("id", link);
        SessionHall.subscribe(session, "#", 0);
        SessionHall.subscribe(session, "t", 0);
        hall.publish("t", "a", 0);
        hall.publishAfar("t", "b", 0);
        assertEquals(4, link.take().size());
    }

    @Test
    void withoutDuplicatesASharedSubscriptionStandsApart() {
        hall.take(sessions(false, false, false));
        link.level = 4;
        Session session = hall.connect("id", link);
        SessionHall.subscribe(session, "t", 0);
        SessionHall.subscribe(session, "$share/g/t", 0);
        hall.publish("t", "a", 0);
        hall.publishAfar("t", "b", 0);
        assertEquals(4, link.take().size());
    }

    @Test
    void qos0ForSomebodyWhoIsAwayIsKeptOnlyOnDemand() {
        Session session = hall.connect("id", link);
        SessionHall.subscribe(session, "t", 0);
        session.detach(link, true);
        hall.publish("t", "a", 0);
        hall.publishAfar("t", "b", 0);
        assertEquals(0, session.outbox().queued());
        hall.take(sessions(true, true, false));
        hall.publish("t", "c", 0);
        hall.publishAfar("t", "d", 0);
        assertEquals(2, session.outbox().queued());
        hall.connect("id", link);
        assertEquals(List.of("q0 t=c", "q0 t=d"), link.take());
    }

    @Test
    void noLocalAndRetainAsPublishedAreKept() {
        Session session = hall.connect("id", link);
        SessionHall.subscribe(session, "t", new SubscribeOptions(QoS.AT_LEAST_ONCE, true, true, 2, 9));
        Message own = Message.of("t", "own");
        hall.services.router().publish(hall.loops.get(0), Publication.of(own, 0, session.number(), null));
        hall.services.router().publish(hall.loops.get(1), Publication.of(own, 0, session.number(), null));
        hall.loops.run();
        assertEquals(NOTHING, link.take());
        hall.publish(0, "t", "kept", 1, true);
        hall.publish(1, "t", "plain", 1, false);
        assertEquals(List.of("q1 #1 retain id9 t=kept", "q1 #2 id9 t=plain"), link.take());
    }

    @Test
    void onlyWhatMayBeReadIsDelivered() {
        Acl acl = new Acl();
        hall.plugins.bind("acl", acl);
        hall.take(BrokerSettings.DEFAULTS, "acl");
        Session session = hall.connect("id", link);
        SessionHall.subscribe(session, "t", 1);
        acl.deny(Access.READ);
        hall.publish("t", "a", 0);
        hall.publishAfar("t", "b", 1);
        assertEquals(NOTHING, link.take());
        acl.deny(Access.WRITE);
        hall.publish("t", "c", 0);
        assertEquals(List.of("q0 t=c"), link.take());
    }

    @Test
    void whatWaitsIsJudgedAgainWhenItGoesOut() {
        Acl acl = new Acl();
        hall.plugins.bind("acl", acl);
        hall.take(BrokerSettings.DEFAULTS, "acl");
        Session session = hall.connect("id", link);
        SessionHall.subscribe(session, "t", 1);
        session.detach(link, true);
        hall.publish("t", "a", 1);
        assertEquals(1, session.outbox().queued());
        acl.deny(Access.READ);
        hall.connect("id", link);
        assertEquals(NOTHING, link.take());
        assertEquals(0, session.outbox().queued());
    }

    @Test
    void nothingIsDeliveredWhileThePluginIsMissingAndAllOfItAfterwards() {
        Session session = hall.connect("id", link);
        SessionHall.subscribe(session, "t", 1);
        hall.publish("t", "first", 1);
        assertEquals(List.of("q1 #1 t=first"), link.take());
        hall.take(BrokerSettings.DEFAULTS, "acl");
        hall.publish("t", "a", 1);
        hall.publishAfar("t", "b", 1);
        hall.publish("t", "c", 0);
        hall.publishAfar("t", "d", 0);
        session.outbox().acknowledged(1, 1);
        session.resume();
        assertEquals(NOTHING, link.take());
        hall.plugins.bind("acl", new Acl());
        session.resume();
        hall.publish("t", "e", 0);
        assertEquals(List.of("q1 #2 t=a", "q1 #3 t=b", "q0 t=c", "q0 t=d", "q0 t=e"), link.take());
    }

    @Test
    void qos0ForSomebodyWhoIsAwayIsNotKeptBecauseAPluginIsMissing() {
        Session session = hall.connect("id", link);
        SessionHall.subscribe(session, "t", 0);
        session.detach(link, true);
        hall.take(BrokerSettings.DEFAULTS, "acl");
        hall.publish("t", "a", 0);
        hall.publishAfar("t", "b", 0);
        assertEquals(0, session.outbox().queued());
    }

    @Test
    void qos0DoesNotOvertakeQos0ThatWaits() {
        hall.take(sessions(true, true, false));
        Session session = hall.connect("id", link);
        SessionHall.subscribe(session, "t", 1);
        session.detach(link, true);
        hall.publish("t", "a", 1);
        hall.publish("t", "b", 0);
        FakeLink next = new FakeLink(SessionHall.DOOR);
        session.attach(next, SessionHall.how(false, Session.NEVER, null));
        next.ready = false;
        session.begin(0);
        hall.publish("t", "c", 0);
        next.ready = true;
        session.resume();
        assertEquals(List.of("q1 #1 t=a", "q0 t=b", "q0 t=c"), next.take());
    }

    @Test
    void aSubscriptionOfAReplacedSessionDeliversNothingMore() {
        Session session = hall.connect("id", link);
        SessionHall.subscribe(session, "t", 1);
        Subscription old = session.subscriptions().all().iterator().next();
        FakeLink next = new FakeLink(SessionHall.DOOR);
        hall.connect("id", next, SessionHall.how(true, Session.NEVER, null));
        Publication late = Publication.of(Message.of("t", "late"), 0, 0, null);
        assertEquals(false, session.deliver(late, old));
        assertEquals(NOTHING, next.take());
    }

    @Test
    void aSubscriptionThatWasChangedDeliversWhatWasUnderWay() {
        Session session = hall.connect("id", link);
        SessionHall.subscribe(session, "t", 1);
        Subscription old = session.subscriptions().all().iterator().next();
        SessionHall.subscribe(session, "t", 0);
        assertTrue(session.deliver(Publication.of(Message.of("t", "x"), 0, 0, null), old));
        assertEquals(List.of("q0 t=x"), link.take());
    }

    @Test
    void afterUnsubscribeNothingMoreComesFromOtherLoops() {
        Session session = hall.connect("id", link);
        SessionHall.subscribe(session, "t", 0);
        hall.services.router().publish(hall.loops.get(1), Publication.of(Message.of("t", "x"), 0, 0, null));
        session.subscriptions().unsubscribe("t", session.gate());
        hall.loops.run();
        assertEquals(NOTHING, link.take());
    }

    @Test
    void whatALinkDoesNotTakeIsCounted() {
        link.largestPayload = 1;
        SessionHall.subscribe(hall.connect("id", link), "t", 0);
        hall.publish("t", "xx", 0);
        hall.publishAfar("t", "xx", 0);
        assertEquals(2, hall.count(Counter.PUBLISH_DROPPED));
    }
}
