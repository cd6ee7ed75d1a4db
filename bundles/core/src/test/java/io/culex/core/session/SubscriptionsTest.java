// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.api.auth.Access;
import io.culex.api.auth.Authorizer;
import io.culex.api.auth.Peer;
import io.culex.api.auth.Subject;
import io.culex.api.auth.Verdict;
import io.culex.api.config.BrokerSettings;
import io.culex.api.local.SubscribeOptions;
import io.culex.api.message.Message;
import io.culex.api.message.MessageProperties;
import io.culex.api.message.Payload;
import io.culex.api.message.QoS;
import io.culex.api.message.ReasonCode;
import io.culex.core.loop.Counter;
import io.culex.core.route.Publication;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SubscriptionsTest {
    private static final List<String> NOTHING = List.of();

    private final SessionHall hall = new SessionHall();
    private final FakeLink link = new FakeLink(SessionHall.DOOR);
    private final Session session = hall.connect("id", link);

    @AfterEach
    void stop() {
        hall.plugins.close();
    }

    private void retain(String topic, String payload) {
        hall.publish(0, topic, payload, 1, true);
    }

    private static SubscribeOptions handling(int retainHandling) {
        return new SubscribeOptions(QoS.AT_MOST_ONCE, false, false, retainHandling, 0);
    }

    /** Denies one kind of access to everyone. */
    private record Acl(Access denied) implements Authorizer {
        @Override
        public Verdict check(Access access, Subject subject, String topic) {
            return access == denied ? Verdict.DENY : Verdict.ALLOW;
        }

        @Override
        public long changes() {
            return 0;
        }
    }

    @Test
    void bringsTheRetainedMessagesAtTheLowerQos() {
        retain("a", "1");
        retain("b", "2");
        SessionHall.subscribe(session, "a", 2);
        assertEquals(List.of("q1 #1 retain a=1"), link.take());
        SessionHall.subscribe(session, "#", new SubscribeOptions(QoS.AT_MOST_ONCE, false, false, 0, 5));
        assertEquals(
                List.of("q0 retain id5 a=1", "q0 retain id5 b=2"),
                link.take().stream().sorted().toList());
    }

    @Test
    void retainHandlingDecidesWhetherTheyCome() {
        retain("a", "1");
        SessionHall.subscribe(session, "a", handling(1));
        assertEquals(1, link.take().size());
        SessionHall.subscribe(session, "a", handling(1));
        assertEquals(NOTHING, link.take());
        SessionHall.subscribe(session, "a", handling(0));
        assertEquals(1, link.take().size());
        SessionHall.subscribe(session, "+", handling(2));
        assertEquals(NOTHING, link.take());
        SessionHall.subscribe(session, "$share/g/a", handling(0));
        assertEquals(NOTHING, link.take());
    }

    @Test
    void theRestFollowsWhenTheLinkTakesMoreAndStaleOnesAreSkipped() {
        link.ready = false;
        for (int i = 0; i < 5; i++) {
            retain("t/" + i, "old");
        }
        SessionHall.subscribe(session, "t/+", 0);
        assertEquals(NOTHING, link.take());
        retain("t/2", "new");
        retain("t/3", "");
        assertEquals(2, link.take().size());
        link.ready = true;
        session.resume();
        assertEquals(
                List.of("q0 retain t/0=old", "q0 retain t/1=old", "q0 retain t/4=old"),
                link.take().stream().sorted().toList());
        session.resume();
        assertEquals(NOTHING, link.take());
    }

    @Test
    void moreRetainedMessagesThanMayWaitComeAllTheSame() {
        hall.take(SessionHall.limits(20, 0, 10, 0));
        Set<String> expected = new TreeSet<>();
        for (int i = 0; i < 100; i++) {
            retain("r/" + i, "x");
            expected.add("r/" + i);
        }
        SessionHall.subscribe(session, "r/#", 1);
        assertEquals(expected, takeAll(link));
        assertEquals(0, hall.count(Counter.PUBLISH_DROPPED));
    }

    /** The topics of all that comes while everything is acknowledged. */
    private Set<String> takeAll(FakeLink from) {
        Set<String> got = new TreeSet<>();
        for (List<String> sent = from.take(); !sent.isEmpty(); sent = from.take()) {
            for (String packet : sent) {
                String[] words = packet.replace(" dup", "").split("[ #=]+");
                got.add(words[3]);
                session.outbox().acknowledged(Integer.parseInt(words[1]), 1);
            }
        }
        return got;
    }

    @Test
    void whatIsStillOwedToASessionThatIsKeptIsThereWhenItsClientComesBack() {
        Set<String> expected = new TreeSet<>();
        for (int i = 0; i < 600; i++) {
            retain("r/" + i, "x");
            expected.add("r/" + i);
        }
        SessionHall.subscribe(session, "r/#", 1);
        session.detach(link, false);
        FakeLink next = new FakeLink(SessionHall.DOOR);
        hall.connect("id", next);
        assertEquals(expected, takeAll(next));
    }

    @Test
    void whatExpiresBeforeTheLinkTakesItDoesNotCome() {
        MessageProperties expiring = new MessageProperties(false, 10, null, null, null, List.of());
        Message message = new Message("r", Payload.of("x"), QoS.AT_MOST_ONCE, true, expiring);
        hall.services
                .router()
                .publish(
                        hall.loops.get(0),
                        Publication.of(message, hall.loops.clock().millis(), 0, null));
        link.ready = false;
        SessionHall.subscribe(session, "r", 0);
        hall.loops.clock().pass(Duration.ofSeconds(10));
        link.ready = true;
        session.resume();
        assertEquals(NOTHING, link.take());
    }

    @Test
    void whatIsStillOwedGoesWithTheSubscription() {
        link.ready = false;
        retain("a", "1");
        retain("b", "2");
        SessionHall.subscribe(session, "a", 0);
        SessionHall.subscribe(session, "b", 0);
        session.subscriptions().unsubscribe("a", session.gate());
        link.ready = true;
        session.resume();
        assertEquals(List.of("q0 retain b=2"), link.take());
    }

    @Test
    void aSecondSubscriptionReplacesTheFirst() {
        SessionHall.subscribe(session, "a", 0);
        SessionHall.subscribe(session, "a", 1);
        assertEquals(
                List.of(1, 1),
                List.of(
                        session.subscriptions().size(),
                        hall.services.router().tree().count()));
        hall.publish("a", "x", 1);
        assertEquals(List.of("q1 #1 a=x"), link.take());
        assertEquals(ReasonCode.SUCCESS, session.subscriptions().unsubscribe("a", session.gate()));
        assertEquals(ReasonCode.NO_SUBSCRIPTION_EXISTED, session.subscriptions().unsubscribe("a", session.gate()));
        assertEquals(0, hall.services.router().tree().count());
    }

    @Test
    void theListenersMaximumQosIsGranted() {
        Subscriptions.Result result =
                session.subscriptions().subscribe("a", SubscribeOptions.of(QoS.EXACTLY_ONCE), 1, session.gate());
        assertEquals(ReasonCode.GRANTED_QOS_1, result.code());
    }

    @Test
    void aMountPointStandsBehindTheShareName() {
        FakeLink mounted = new FakeLink(SessionHall.DOOR);
        List<Session> made = new java.util.ArrayList<>();
        hall.services.directory().claim(new Identity("m/", "x"), hall.services, hall.loops.get(0), made::add);
        Session session = made.get(0);
        session.attach(mounted, SessionHall.how(true, 0, null));
        session.begin(0);
        SessionHall.subscribe(session, "a", 0);
        SessionHall.subscribe(session, "$share/g/b", 0);
        hall.publish("a", "x", 0);
        hall.publish("m/a", "x", 0);
        hall.publish("m/b", "x", 0);
        assertEquals(List.of("q0 m/a=x", "q0 m/b=x"), mounted.take());
        assertEquals(ReasonCode.SUCCESS, session.subscriptions().unsubscribe("$share/g/b", session.gate()));
    }

    @Test
    void aDeniedSubscriptionIsNotMade() {
        hall.plugins.bind("acl", new Acl(Access.SUBSCRIBE));
        hall.take(BrokerSettings.DEFAULTS, "acl");
        assertEquals(
                ReasonCode.NOT_AUTHORIZED,
                session.subscriptions()
                        .subscribe("a", SubscribeOptions.of(QoS.AT_MOST_ONCE), 2, session.gate())
                        .code());
        assertEquals(0, hall.services.router().tree().count());
    }

    @Test
    void nothingIsSubscribedWhileAPluginIsMissing() {
        hall.take(BrokerSettings.DEFAULTS, "acl");
        assertEquals(
                ReasonCode.NOT_AUTHORIZED,
                session.subscriptions()
                        .subscribe("a", SubscribeOptions.of(QoS.AT_MOST_ONCE), 2, session.gate())
                        .code());
        assertEquals(0, hall.services.router().tree().count());
    }

    @Test
    void unsubscribingNeedsNoPluginThatIsMissing() {
        SessionHall.subscribe(session, "a", 0);
        hall.take(BrokerSettings.DEFAULTS, "acl");
        assertEquals(ReasonCode.SUCCESS, session.subscriptions().unsubscribe("a", session.gate()));
        assertEquals(0, hall.services.router().tree().count());
    }

    @Test
    void aRetainedMessageWhosePublisherLostTheRightDoesNotCome() {
        Subject sender = new Subject("publisher", null, link.peer());
        Message message = Message.of("a", "x").withRetain(true);
        hall.services.router().retained().set(Publication.of(message, 0, 0, sender));
        SessionHall.subscribe(session, "a", 0);
        assertEquals(List.of("q0 retain a=x"), link.take());
        hall.plugins.bind("acl", new Acl(Access.WRITE));
        hall.take(BrokerSettings.DEFAULTS, "acl");
        SessionHall.subscribe(session, "a", 0);
        assertEquals(NOTHING, link.take());
        hall.take(BrokerSettings.DEFAULTS.with(new BrokerSettings.Retain(true, java.time.Duration.ZERO, false)), "acl");
        SessionHall.subscribe(session, "a", 0);
        assertEquals(1, link.take().size());
    }

    @Test
    void norDoesOneWhosePublisherCameByAListenerThatIsNoMore() {
        Subject sender = new Subject("publisher", null, Peer.of("gone", null));
        hall.services
                .router()
                .retained()
                .set(Publication.of(Message.of("a", "x").withRetain(true), 0, 0, sender));
        hall.plugins.bind("acl", new Acl(Access.WRITE));
        hall.take(BrokerSettings.DEFAULTS, "acl");
        SessionHall.subscribe(session, "a", 0);
        assertEquals(NOTHING, link.take());
    }

    @Test
    void whatTheBrokerItselfHasPublishedNeedsNoRight() {
        Subject bridge = new Subject("bridge", null, Peer.of("", null));
        hall.services
                .router()
                .retained()
                .set(Publication.of(Message.of("a", "x").withRetain(true), 0, 0, bridge));
        hall.plugins.bind("acl", new Acl(Access.WRITE));
        hall.take(BrokerSettings.DEFAULTS, "acl");
        SessionHall.subscribe(session, "a", 0);
        assertEquals(List.of("q0 retain a=x"), link.take());
    }
}
