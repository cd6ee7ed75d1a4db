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
import io.culex.api.message.QoS;
import io.culex.api.store.StoredSubscription;
import io.culex.core.loop.Counter;
import io.culex.core.route.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Retained messages of many filters, for a client that does not read. */
class ReplaysTest {
    private final SessionHall hall = new SessionHall();
    private final FakeLink link = new FakeLink(SessionHall.DOOR);
    private final Session session = hall.connect("id", link);

    @AfterEach
    void stop() {
        hall.plugins.close();
    }

    private Set<String> retain(String prefix, int count) {
        Set<String> topics = new TreeSet<>();
        for (int i = 0; i < count; i++) {
            hall.publish(0, prefix + i, "x", 1, true);
            topics.add(prefix + i);
        }
        return topics;
    }

    private Subscription subscribed(String filter, int qos) {
        SubscribeOptions options = SubscribeOptions.of(QoS.of(qos));
        return Objects.requireNonNull(session.subscriptions()
                .subscribe(filter, options, 2, session.gate())
                .replays());
    }

    private void read() {
        link.ready = true;
        session.resume();
        hall.loops.run();
    }

    /** The topics of all that comes while everything is acknowledged. */
    private List<String> takeAll(FakeLink from) {
        List<String> got = new ArrayList<>();
        for (List<String> sent = from.take(); !sent.isEmpty(); sent = from.take()) {
            for (String packet : sent) {
                String[] words = packet.replace(" dup", "").split("[ #=]+");
                got.add(words[3]);
                session.outbox().acknowledged(Integer.parseInt(words[1]), 1);
            }
            hall.loops.run();
        }
        return got;
    }

    @Test
    void aClientThatDoesNotReadIsOwedOneFilterAtATime() {
        hall.take(SessionHall.limits(20, 0, 10, 0));
        Set<String> topics = retain("1/2/3/4/5/6/7/", 1_000);
        Replays replays = new Replays(session, hall.services);
        for (int i = 0; i < 100; i++) {
            replays.all(List.of(subscribed(filter(i), 1)));
            assertTrue(replays.inMemory() <= 1_000, "owed " + replays.inMemory());
        }
        List<String> got = new ArrayList<>();
        for (List<String> some = takeAll(link); !some.isEmpty(); some = takeAll(link)) {
            got.addAll(some);
            replays.next(link);
            assertTrue(replays.inMemory() <= 1_000, "owed " + replays.inMemory());
        }
        assertEquals(100 * 1_000, got.size());
        assertEquals(topics, new TreeSet<>(got));
    }

    /** One of 128 that match the same topics. */
    private static String filter(int number) {
        StringBuilder filter = new StringBuilder();
        for (int level = 1; level <= 7; level++) {
            filter.append((number >> (level - 1) & 1) == 0 ? "+" : level).append('/');
        }
        return filter + "+";
    }

    @Test
    void whatIsOwedOfEveryFilterComesInTheEnd() {
        link.ready = false;
        for (String prefix : List.of("a/", "b/", "c/")) {
            retain(prefix, 2);
            session.subscriptions().replay(subscribed(prefix + "+", 0));
        }
        read();
        assertEquals(
                List.of(
                        "q0 retain a/0=x",
                        "q0 retain a/1=x",
                        "q0 retain b/0=x",
                        "q0 retain b/1=x",
                        "q0 retain c/0=x",
                        "q0 retain c/1=x"),
                link.take().stream().sorted().toList());
    }

    @Test
    void aFilterThatIsReplacedInOnePacketIsLookedUpOnce() {
        retain("a", 1);
        session.subscriptions().replay(List.of(subscribed("a0", 0), subscribed("+", 1), subscribed("a0", 0)));
        assertEquals(List.of("q1 #1 retain a0=x", "q0 retain a0=x"), link.take());
    }

    @Test
    void aFilterThatIsGoneInBetweenBringsNothingAlsoWhenItIsBackWithoutWish() {
        link.ready = false;
        retain("a", 1);
        retain("b", 1);
        session.subscriptions().replay(List.of(subscribed("a0", 0), subscribed("b0", 0)));
        session.subscriptions().unsubscribe("a0", session.gate());
        SessionHall.subscribe(session, "a0", new SubscribeOptions(QoS.AT_MOST_ONCE, false, false, 2, 0));
        read();
        assertEquals(List.of("q0 retain b0=x"), link.take());
    }

    @Test
    void whatIsOwedComesAsTheLatestSubscriptionSays() {
        hall.take(SessionHall.limits(20, 0, 4, 0));
        int all = retain("a/", 30).size() + retain("b", 1).size();
        session.subscriptions().replay(List.of(subscribed("a/+", 1), subscribed("b0", 1)));
        int sent = link.take().size();
        int queued = session.outbox().queued();
        assertTrue(sent + queued < 30, "nothing of the first filter is owed");
        SubscribeOptions other = new SubscribeOptions(QoS.AT_LEAST_ONCE, false, false, 2, 7);
        SessionHall.subscribe(session, "a/+", other);
        SessionHall.subscribe(session, "b0", other);
        for (int id = 1; id <= all; id++) {
            session.outbox().acknowledged(id, 1);
        }
        List<String> rest = link.take();
        assertEquals(all - sent, rest.size());
        assertEquals(
                all - sent - queued,
                rest.stream().filter(each -> each.contains(" retain id7 ")).count());
    }

    @Test
    void whatWasPublishedInBetweenComesOnce() {
        link.ready = false;
        retain("a", 1);
        retain("b", 1);
        session.subscriptions().replay(List.of(subscribed("a0", 1), subscribed("b0", 1)));
        hall.publish(1, "b0", "new", 1, true);
        read();
        assertEquals(
                List.of("q1 #1 b0=new", "q1 #2 retain a0=x"),
                link.take().stream().sorted().toList());
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

    @Test
    void filtersThatTakeLongAreLookedUpInTurns() {
        Set<String> topics = slowly();
        assertEquals(1, link.sent.size());
        hall.loops.iterate(0);
        hall.loops.iterate(0);
        assertEquals(2, link.sent.size());
        hall.loops.run();
        assertEquals(topics, new TreeSet<>(takeAll(link)));
    }

    @Test
    void alsoForASessionWhoseLinkIsLost() {
        Set<String> topics = slowly();
        session.detach(link, false);
        hall.loops.run();
        assertEquals(topics.size(), session.outbox().queued() + session.outbox().inflight());
    }

    /** Three filters, of which each takes longer than a turn. */
    private Set<String> slowly() {
        Set<String> topics = retain("t", 3);
        Authorizer slow = new Authorizer() {
            @Override
            public Verdict check(Access access, Subject subject, String topic) {
                if (access == Access.READ) {
                    hall.loops.clock().pass(Duration.ofMillis(3));
                }
                return Verdict.ALLOW;
            }

            @Override
            public long changes() {
                return 0;
            }
        };
        hall.plugins.bind("slow", slow);
        hall.take(BrokerSettings.DEFAULTS, "slow");
        hall.loops.run();
        session.subscriptions().replay(List.of(subscribed("t0", 1), subscribed("t1", 1), subscribed("t2", 1)));
        return topics;
    }

    @Test
    void theSameFilterTwiceInOnePacketBringsWhatIsRetained() {
        retain("a", 1);
        SubscribeOptions ifNew = new SubscribeOptions(QoS.AT_MOST_ONCE, false, false, 1, 0);
        Subscription first = Objects.requireNonNull(session.subscriptions()
                .subscribe("a0", ifNew, 2, session.gate())
                .replays());
        SessionHall.subscribe(session, "a0", ifNew);
        session.subscriptions().replay(List.of(first));
        assertEquals(List.of("q0 retain a0=x"), link.take());
    }

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

    /** To what {@link #retain} has made below {@code a/}, though nobody can be asked. */
    private Subscription subscribed() {
        Subscription made = new Subscription(session, "a/+", SubscribeOptions.of(QoS.AT_LEAST_ONCE), 0);
        session.subscriptions().found(new StoredSubscription("a/+", SubscribeOptions.of(QoS.AT_LEAST_ONCE)));
        return made;
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
        Set<String> topics = retain("a/", 3_000);
        Replays replays = new Replays(session, hall.services);
        replays.all(List.of(subscribed("a/+", 1)));
        assertTrue(replays.inMemory() > 2_000, "owed " + replays.inMemory());
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
}
