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
import io.culex.core.route.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Retained messages of many filters, for a client that does not read. */
class ReplaysTest extends ReplaysFixture {
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
}
