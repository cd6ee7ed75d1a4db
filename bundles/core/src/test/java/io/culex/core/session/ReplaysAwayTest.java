// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.config.BrokerSettings;
import io.culex.api.local.SubscribeOptions;
import io.culex.api.message.QoS;
import io.culex.api.store.StoredSubscription;
import io.culex.core.loop.Counter;
import io.culex.core.route.Subscription;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Retained messages that a session whose link is lost is still owed. */
class ReplaysAwayTest extends ReplaysFixture {
    @Test
    void whatIsOwedWhileAPluginIsMissingComesWhenBothAreBack() {
        Set<String> topics = retain("a/", 60);
        hall.take(BrokerSettings.DEFAULTS, "acl");
        session.subscriptions().replay(subscribed());
        assertEquals(List.of(), link.take());
        session.detach(link, false);
        hall.plugins.bind("acl", SessionHall.allowsEverything());
        hall.loops.run();
        FakeLink next = new FakeLink(SessionHall.DOOR);
        hall.connect("id", next);
        hall.loops.run();
        assertEquals(topics, new TreeSet<>(takeAll(next)));
    }

    @Test
    void whatIsOwedOfOneFilterLeavesRoomForOthers() {
        hall.take(SessionHall.limits(20, 0, 100, 0));
        Set<String> topics = retain("a/", 300);
        SessionHall.subscribe(session, "live", 1);
        session.subscriptions().replay(subscribed("a/+", 1));
        session.detach(link, false);
        hall.publish("live", "live", 1);
        topics.add("live");
        FakeLink next = new FakeLink(SessionHall.DOOR);
        hall.connect("id", next);
        assertEquals(topics, new TreeSet<>(takeAll(next)));
        assertEquals(0, hall.count(Counter.PUBLISH_DROPPED));
    }

    @Test
    void aSessionThatIsAwayHoldsFewOfManyAndGetsAll() {
        hall.take(SessionHall.limits(20, 0, 100, 0));
        Set<String> topics = retain("a/", 11_000);
        Replays replays = new Replays(session, hall.services);
        replays.all(List.of(subscribed("a/+", 1)));
        assertTrue(replays.inMemory() > 10_000, "owed " + replays.inMemory());
        session.detach(link, false);
        replays.linkLost();
        hall.loops.run();
        assertEquals(0, replays.inMemory());
        FakeLink next = new FakeLink(SessionHall.DOOR);
        hall.connect("id", next);
        Set<String> got = new TreeSet<>();
        List<String> some;
        do {
            replays.next(next);
            some = takeAll(next);
            got.addAll(some);
        } while (!some.isEmpty());
        assertEquals(topics, got);
    }

    @Test
    void whatIsOwedAtQos0DoesNotWaitHoweverManyThereAre() {
        hall.take(SessionHall.limits(20, 0, 100, 0));
        retain("a/", 11_000);
        link.ready = false;
        session.subscriptions().replay(subscribed("a/+", 0));
        session.detach(link, false);
        FakeLink next = new FakeLink(SessionHall.DOOR);
        hall.connect("id", next);
        hall.loops.run();
        assertEquals(List.of(), next.take());
    }

    @Test
    void aSubscriptionWithoutWishAfterOneThatIsGoneBringsNothing() {
        hall.take(SessionHall.limits(20, 0, 100, 0));
        retain("a/", 11_000);
        session.subscriptions().replay(subscribed("a/+", 1));
        session.subscriptions().unsubscribe("a/+", session.gate());
        session.detach(link, false);
        FakeLink next = new FakeLink(SessionHall.DOOR);
        hall.connect("id", next);
        SessionHall.subscribe(session, "a/+", new SubscribeOptions(QoS.AT_LEAST_ONCE, false, false, 2, 0));
        assertTrue(takeAll(next).size() <= 45, "more than were in flight and queued");
    }

    @Test
    void aSessionThatIsKeptHasWhatItIsOwedOfEveryFilterInItsQueue() {
        link.ready = false;
        retain("a/", 5);
        retain("b/", 5);
        session.subscriptions().replay(List.of(subscribed("a/+", 1), subscribed("b/+", 1)));
        session.detach(link, false);
        assertEquals(10, session.outbox().queued());
    }

    @Test
    void whatFindsNoRoomThereComesWhenTheClientIsBack() {
        Set<String> topics = retain("a/", 600);
        topics.addAll(retain("b/", 600));
        topics.addAll(retain("c/", 600));
        for (String prefix : List.of("a/", "b/", "c/")) {
            session.subscriptions().replay(subscribed(prefix + "+", 1));
        }
        session.detach(link, false);
        FakeLink next = new FakeLink(SessionHall.DOOR);
        hall.connect("id", next);
        List<String> got = takeAll(next);
        assertEquals(topics, new TreeSet<>(got));
        assertEquals(topics.size(), got.size());
    }

    /** To what {@link #retain} has made below {@code a/}, though nobody can be asked. */
    private Subscription subscribed() {
        Subscription made = new Subscription(session, "a/+", SubscribeOptions.of(QoS.AT_LEAST_ONCE), 0);
        session.subscriptions().found(new StoredSubscription("a/+", SubscribeOptions.of(QoS.AT_LEAST_ONCE)));
        return made;
    }
}
