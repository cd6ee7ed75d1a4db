// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.auth.Peer;
import io.culex.api.auth.Subject;
import io.culex.api.config.BrokerSettings;
import io.culex.api.store.Kept;
import io.culex.api.store.Loaded;
import io.culex.api.store.MessageStore;
import io.culex.api.store.StoreLane;
import io.culex.api.store.StoredClient;
import io.culex.api.store.StoredMessage;
import io.culex.api.store.StoredSession;
import io.culex.api.store.StoredWill;
import io.culex.core.loop.Counter;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Sessions that the store had kept when the broker ended. */
class RecoveredTest extends LifetimeFixture {
    private Session found(long endsAtMillis, @Nullable StoredWill will) {
        StoredClient client = new StoredClient("id", null, SessionHall.DOOR);
        StoredSession stored =
                new StoredSession(7, "", client, 4, Session.NEVER, endsAtMillis, will, StoredSession.Kind.CLIENT);
        Session session = hall.claim("id");
        Recovered recovered = new Recovered(session, stored, new Subject("id", null, Peer.of(SessionHall.DOOR, null)));
        recovered.begin();
        return session;
    }

    /** A store whose questions the test answers. */
    private static final class AskedStore implements MessageStore {
        private final List<Loaded> questions = new ArrayList<>();

        @Override
        public void recover(Recovery recovery) {}

        @Override
        public StoreLane lane(Kept kept) {
            return (StoreLane) Proxy.newProxyInstance(
                    StoreLane.class.getClassLoader(), new Class<?>[] {StoreLane.class}, (lane, method, arguments) -> {
                        if (method.getName().equals("load")) {
                            questions.add((Loaded) arguments[1]);
                        }
                        return null;
                    });
        }

        @Override
        public State state() {
            return State.READY;
        }

        @Override
        public void sync() {}

        void answer(int question, String payload) {
            answer(question, question + 1, payload);
        }

        void refuse(int question) {
            questions.get(question).loaded(Collections.singletonList(null));
        }

        void answer(int question, long id, String payload) {
            byte[] topic = "t".getBytes(StandardCharsets.UTF_8);
            byte[] text = payload.getBytes(StandardCharsets.UTF_8);
            questions
                    .get(question)
                    .loaded(Arrays.asList(new StoredMessage(id, topic, new byte[0], text, 2, false, 0, null)));
        }
    }

    @Test
    void aMessageInFlightIsAskedOfTheStoreOnceHoweverOftenTheClientTakesMore() {
        AskedStore store = new AskedStore();
        hall.loops.get(0).ledger().open(store);
        Session session = found(0, null);
        session.outbox().found(1, 1, Outgoing.of(2, false, 0), 7, false);
        session.outbox().found(2, 1, Outgoing.of(2, false, 0), 8, false);
        FakeLink link = new FakeLink(SessionHall.DOOR);
        hall.connect("id", link);
        session.resume();
        session.resume();
        assertEquals(1, store.questions.size());
        store.answer(0, "a");
        hall.loops.run();
        session.resume();
        assertEquals(2, store.questions.size());
        FakeLink next = new FakeLink(SessionHall.DOOR);
        hall.connect("id", next);
        assertEquals(2, store.questions.size());
        store.answer(1, "b");
        hall.loops.run();
        assertEquals(List.of("q2 #7 dup t=a"), link.take());
        assertEquals(List.of("q2 #7 dup t=a", "q2 #8 dup t=b"), next.take());
    }

    @Test
    void isAClientLikeOneThatHasComeByALinkAndIsCountedOnce() {
        int before = hall.services.directory().clients();
        Session session = found(0, null);
        assertEquals(before + 1, hall.services.directory().clients());
        hall.connect("id", new FakeLink(SessionHall.DOOR));
        assertEquals(before + 1, hall.services.directory().clients());
        assertEquals(before + 1, hall.services.directory().maximum());
        session.end();
        assertEquals(before, hall.services.directory().clients());
    }

    @Test
    void persistentClientExpirationHoldsAfterARestartToo() {
        hall.take(BrokerSettings.DEFAULTS.with(new BrokerSettings.Sessions(
                true, Duration.ZERO, Duration.ofSeconds(30), false, false, Duration.ofSeconds(30), Duration.ZERO)));
        found(hall.loops.clock().millis() + 10_000, null);
        pass(9);
        assertTrue(exists());
        pass(2);
        assertFalse(exists());
        // This one was connected when the broker ended.
        found(0, null);
        pass(29);
        assertTrue(exists());
        pass(2);
        assertFalse(exists());
    }

    @Test
    void persistentClientExpirationHoldsForAClientWhoseWillWasStillToCome() {
        hall.take(BrokerSettings.DEFAULTS.with(new BrokerSettings.Sessions(
                true, Duration.ZERO, Duration.ofSeconds(30), false, false, Duration.ofSeconds(30), Duration.ZERO)));
        long due = hall.loops.clock().millis() + 10_000;
        found(0, new StoredWill(SessionHall.will("gone", 20).publication().toStored(), -1, 20, due));
        pass(11);
        assertEquals(PUBLISHED, watcher.take());
        pass(18);
        assertTrue(exists());
        pass(2);
        assertFalse(exists());
    }

    @Test
    void aClockThatWasSetBackDoesNotDelayAWill() {
        long twoDaysOn = hall.loops.clock().millis() + 2 * 86_400_000L;
        found(0, new StoredWill(SessionHall.will("gone", 30).publication().toStored(), -1, 30, twoDaysOn));
        pass(29);
        assertEquals(NOTHING, watcher.take());
        pass(2);
        assertEquals(PUBLISHED, watcher.take());
    }

    @Test
    void theCountersOfTheLoopAreToldOnTheLoop() {
        StoredClient client = new StoredClient("id", null, SessionHall.DOOR);
        StoredSession stored = new StoredSession(7, "", client, 4, Session.NEVER, 0, null, StoredSession.Kind.CLIENT);
        Session session = hall.claim("id");
        Recovered recovered = new Recovered(session, stored, new Subject("id", null, Peer.of(SessionHall.DOOR, null)));
        recovered.delivery(1, 5, Outgoing.of(1, false, 0).packed(), 0, false);
        assertEquals(0, hall.count(Counter.QUEUED_MESSAGES));
        recovered.begin();
        assertEquals(1, hall.count(Counter.QUEUED_MESSAGES));
        assertEquals(5, hall.count(Counter.QUEUED_BYTES));
        session.wipe();
        assertEquals(0, hall.count(Counter.QUEUED_MESSAGES));
        assertEquals(0, hall.count(Counter.QUEUED_BYTES));
    }

    @Test
    void whatTheStoreDoesNotGiveWhenNobodyIsThereAnyMoreIsAskedForAgain() {
        AskedStore store = new AskedStore();
        hall.loops.get(0).ledger().open(store);
        Session session = found(0, null);
        session.outbox().found(1, 1, Outgoing.of(1, false, 0), 0, false);
        FakeLink link = new FakeLink(SessionHall.DOOR);
        hall.connect("id", link);
        session.detach(link, false);
        store.refuse(0);
        hall.loops.run();
        FakeLink next = new FakeLink(SessionHall.DOOR);
        hall.connect("id", next);
        assertEquals(2, store.questions.size());
        store.answer(1, 1, "a");
        hall.loops.run();
        assertEquals(List.of("q1 #1 t=a"), next.take());
    }
}
