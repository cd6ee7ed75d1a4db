// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.local.SubscribeOptions;
import io.culex.api.message.QoS;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Filters that bring more retained messages than may be owed to a client that is away, over several links. */
class ReplaysLinksTest extends ReplaysFixture {
    private static final int MANY = 25_000;
    private static final int AT_A_TIME = 4_000;

    private final List<String> got = new ArrayList<>();

    @BeforeEach
    void littleMayBeQueued() {
        hall.take(SessionHall.limits(20, 0, 100, 0));
    }

    @Test
    void theNextLinkGoesOnWhereTheOneBeforeStood() {
        Set<String> topics = retain("a/", MANY);
        session.subscriptions().replay(subscribed("a/+", 1));
        takeSome(link);
        session.detach(link, false);
        for (int i = 0; i < 9; i++) {
            FakeLink next = nextLink();
            takeSome(next);
            session.detach(next, false);
        }
        assertEquals(topics, new TreeSet<>(payloads().keySet()));
        assertTrue(got.size() < MANY + 10 * 20, "more than what was in flight came twice: " + got.size());
    }

    @Test
    void whatHasChangedInBetweenComesAsItIsNow() {
        Set<String> topics = retain("a/", MANY);
        session.subscriptions().replay(subscribed("a/+", 1));
        takeSome(link);
        session.detach(link, false);
        for (int number : List.of(0, AT_A_TIME + 1_000, MANY - 1)) {
            hall.publish(1, "a/" + number, "new", 1, true);
        }
        hall.publish(1, "a/new", "new", 1, true);
        topics.add("a/new");
        FakeLink next = nextLink();
        takeSome(next, 2 * MANY);
        Map<String, List<String>> payloads = payloads();
        assertEquals(topics, payloads.keySet());
        assertEquals(List.of("x", "new"), payloads.get("a/0"));
        assertEquals(List.of("new"), payloads.get("a/" + (AT_A_TIME + 1_000)));
        assertEquals(List.of("new"), payloads.get("a/" + (MANY - 1)));
        assertEquals(List.of("new"), payloads.get("a/new"));
    }

    @Test
    void whoSubscribesAgainGetsAllFromTheBeginning() {
        Set<String> topics = retain("a/", MANY);
        session.subscriptions().replay(subscribed("a/+", 1));
        takeSome(link);
        session.detach(link, false);
        got.clear();
        FakeLink next = nextLink();
        session.subscriptions().replay(subscribed("a/+", 1));
        takeSome(next, 2 * MANY);
        assertEquals(topics, new TreeSet<>(payloads().keySet()));
    }

    @Test
    void theRestIsNobodysWhenTheSubscriptionIsGone() {
        retain("a/", MANY);
        session.subscriptions().replay(subscribed("a/+", 1));
        takeSome(link);
        session.detach(link, false);
        FakeLink next = new FakeLink(SessionHall.DOOR);
        next.ready = false;
        hall.connect("id", next);
        session.subscriptions().unsubscribe("a/+", session.gate());
        SessionHall.subscribe(session, "a/+", new SubscribeOptions(QoS.AT_LEAST_ONCE, false, false, 2, 0));
        got.clear();
        next.ready = true;
        session.resume();
        takeSome(next, MANY);
        assertTrue(got.size() <= 45, "more than were in flight and queued: " + got.size());
    }

    @Test
    void aFilterThatBringsTooManyDoesNotKeepOthersFromTheQueue() {
        link.ready = false;
        Set<String> topics = retain("a/", 10_001);
        topics.addAll(retain("b/", 5));
        session.subscriptions().replay(List.of(subscribed("a/+", 1), subscribed("b/+", 1)));
        session.detach(link, false);
        hall.loops.run();
        assertEquals(5, session.outbox().queued());
        takeSome(nextLink(), 2 * MANY);
        assertEquals(topics, new TreeSet<>(payloads().keySet()));
        assertEquals(topics.size(), got.size());
    }

    private FakeLink nextLink() {
        FakeLink next = new FakeLink(SessionHall.DOOR);
        hall.connect("id", next);
        return next;
    }

    private void takeSome(FakeLink from) {
        takeSome(from, AT_A_TIME);
    }

    /** Acknowledges what comes, until that is so much. */
    private void takeSome(FakeLink from, int most) {
        int taken = 0;
        for (List<String> sent = from.take(); !sent.isEmpty(); sent = from.take()) {
            got.addAll(sent);
            for (String packet : sent) {
                if (taken < most) {
                    taken++;
                    session.outbox().acknowledged(Integer.parseInt(packet.split("[ #]+")[1]), 1);
                }
            }
            hall.loops.run();
        }
    }

    /** By topic, what came, in order, without what was sent once more. */
    private Map<String, List<String>> payloads() {
        Map<String, List<String>> all = new HashMap<>();
        for (String packet : got) {
            String[] message = packet.substring(packet.lastIndexOf(' ') + 1).split("=");
            if (!packet.contains(" dup")) {
                all.computeIfAbsent(message[0], topic -> new ArrayList<>()).add(message[1]);
            }
        }
        return all;
    }
}
