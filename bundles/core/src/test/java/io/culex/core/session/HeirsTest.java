// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.auth.Subject;
import io.culex.api.message.Message;
import io.culex.api.message.MessageProperties;
import io.culex.api.message.Payload;
import io.culex.api.message.QoS;
import io.culex.core.route.Publication;
import io.culex.core.store.MemoryStore;
import io.culex.testkit.Await;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HeirsTest {
    private final SessionHall hall = new SessionHall();
    private final FakeLink first = new FakeLink(SessionHall.DOOR);
    private final FakeLink second = new FakeLink(SessionHall.DOOR);
    private Session leaving = join("first", first, 0);

    private Session join(String id, FakeLink link, long expiry) {
        Subject subject = new Subject(id, null, link.peer());
        Session session = hall.connect(id, link, new Attachment(true, subject, Standing.CLIENT, expiry, null));
        SessionHall.subscribe(session, "$share/g/+", 2);
        return session;
    }

    @AfterEach
    void stop() {
        hall.plugins.close();
    }

    @Test
    void whatAMemberHasNotAcknowledgedGoesToAnotherOneWhenItsSessionEnds() {
        hall.take(SessionHall.limits(2, 0, 10, 0));
        leaving = reconnect();
        hall.publish("a", "acknowledged", 1);
        hall.publish("b", "in flight", 1);
        hall.publish("c", "in flight at QoS 2", 2);
        hall.publish("d", "waits", 2);
        hall.publish("e", "waits too", 1);
        first.take();
        leaving.outbox().acknowledged(1, 1);
        join("second", second, 0);
        leaving.detach(first, true);
        hall.loops.run();
        assertEquals(List.of("q1 #1 b=in flight", "q2 #2 d=waits"), second.take());
        hall.claim("second").outbox().acknowledged(1, 1);
        assertEquals(List.of("q1 #3 e=waits too"), second.take());
    }

    private Session reconnect() {
        leaving.detach(first, true);
        return join("first", first, 0);
    }

    @Test
    void aSessionThatIsKeptKeepsWhatItHas() {
        leaving = join("first", first, 100);
        hall.publish("a", "x", 1);
        join("second", second, 0);
        leaving.detach(first, false);
        hall.loops.run();
        assertEquals(List.of(), second.take());
        leaving = join("first", first, 100);
        hall.loops.run();
        assertEquals(List.of("q1 #1 a=x"), second.take(), "a clean start ends the session before");
    }

    @Test
    void whatAnotherOfItsSubscriptionsMatchesIsItsOwn() {
        SessionHall.subscribe(leaving, "a", 1);
        hall.publish("a", "x", 1);
        join("second", second, 0);
        leaving.detach(first, true);
        hall.loops.run();
        assertEquals(List.of(), second.take());
    }

    @Test
    void whatComesWhenNothingIsLeftOfThatIsTheGroups() {
        SessionHall.subscribe(leaving, "a", 1);
        hall.publish("a", "before", 1);
        leaving.subscriptions().unsubscribe("a", leaving.gate());
        first.take();
        for (int id = 1; leaving.outbox().inflight() > 0; id++) {
            leaving.outbox().acknowledged(id, 1);
        }
        hall.publish("a", "later", 1);
        join("second", second, 0);
        leaving.detach(first, true);
        hall.loops.run();
        assertEquals(List.of("q1 #1 a=later"), second.take());
    }

    @Test
    void whatASubscriptionBroughtThatIsTakenAwayByNowIsItsOwnToo() {
        hall.take(SessionHall.limits(1, 0, 10, 0));
        leaving = reconnect();
        SessionHall.subscribe(leaving, "a", 2);
        Session other = join("second", second, 0);
        hall.publish("b", "in flight", 1);
        hall.publish("a", "once", 2);
        assertEquals(List.of("q2 #1 a=once"), second.take());
        leaving.subscriptions().unsubscribe("a", leaving.gate());
        leaving.detach(first, true);
        hall.loops.run();
        other.outbox().received(1);
        other.outbox().acknowledged(1, 2);
        assertEquals(List.of("q1 #2 b=in flight"), second.take());
        other.outbox().acknowledged(2, 1);
        assertEquals(List.of(), second.take());
    }

    @Test
    void manySubscriptionsAndMessagesEndInTime() {
        hall.take(SessionHall.limits(20, 0, 0, 0));
        leaving = reconnect();
        for (int i = 0; i < 20_000; i++) {
            SessionHall.subscribe(leaving, "n/" + i, 1);
        }
        for (int i = 0; i < 20_000; i++) {
            hall.publish("s" + i, "x", 1);
        }
        hall.publish("n/1", "its own", 1);
        join("second", second, 0);
        assertTimeout(Duration.ofSeconds(5), () -> {
            leaving.detach(first, true);
            hall.loops.run();
        });
        assertEquals(
                20_000,
                hall.claim("second").outbox().inflight()
                        + hall.claim("second").outbox().queued());
    }

    @Test
    void withoutAnotherMemberItIsGone() {
        hall.publish("a", "x", 1);
        leaving.detach(first, true);
        hall.loops.run();
        join("second", second, 0);
        assertEquals(List.of(), second.take());
    }

    /** Its sender has been told that it is kept. */
    @Test
    void whatIsOnItsWayToASessionThatEndsIsKeptForAnotherMember() {
        try (MemoryStore store = new MemoryStore()) {
            hall.loops.get(0).ledger().open(store);
            hall.loops.get(1).ledger().open(store);
            leaving.detach(first, true);
            leaving = join("first", first, 100);
            join("second", second, 100);
            Message message = new Message("a", Payload.of("x"), QoS.AT_LEAST_ONCE, false, MessageProperties.NONE);
            Publication published = Publication.of(message, hall.loops.clock().millis(), 0, null);
            hall.services.router().publish(hall.loops.get(1), published);
            Await.until("it to be kept", () -> owed(store) == 1);
            assertEquals(1, store.owed("first").size());
            store.hold();
            leaving.detach(first, false);
            leaving = join("first", first, 0);
            hall.loops.run();
            Await.until("the session to end", () -> {
                store.keepOne();
                assertTrue(owed(store) > 0, "nobody is owed it");
                return !store.clients().contains("first");
            });
            assertEquals(1, store.owed("second").size());
            assertEquals(List.of("q1 #1 a=x"), second.take());
        }
    }

    private static int owed(MemoryStore store) {
        return store.owed("first").size() + store.owed("second").size();
    }
}
