// SPDX-License-Identifier: Apache-2.0
package io.culex.core.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.store.Kept;
import io.culex.api.store.Loaded;
import io.culex.api.store.MessageStore;
import io.culex.api.store.StoreLane;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private final InlineLoops loops = new InlineLoops(1);
    private final Ledger ledger = loops.get(0).ledger();
    private final FakeStore store = new FakeStore();
    private final List<String> told = new ArrayList<>();

    /** Writes down the operations of its lanes; the test says what is kept. */
    private static final class FakeStore implements MessageStore {
        private final List<String> operations = new ArrayList<>();
        private final List<Kept> lanes = new ArrayList<>();
        private final List<Loaded> questions = new ArrayList<>();
        private State state = State.READY;

        @Override
        public void recover(Recovery recovery) {}

        @Override
        public StoreLane lane(Kept kept) {
            lanes.add(kept);
            return (StoreLane) Proxy.newProxyInstance(
                    StoreLane.class.getClassLoader(), new Class<?>[] {StoreLane.class}, (lane, method, arguments) -> {
                        if (method.getName().equals("load")) {
                            questions.add((Loaded) arguments[1]);
                        } else {
                            operations.add(method.getName() + " " + Arrays.toString(arguments));
                        }
                        return null;
                    });
        }

        @Override
        public State state() {
            return state;
        }

        @Override
        public void sync() {}
    }

    private Ledger.Awaiting note(String name) {
        return new Ledger.Awaiting() {
            @Override
            public void kept() {
                told.add(name);
            }

            @Override
            public void failed() {
                told.add(name + " failed");
            }
        };
    }

    @Test
    void whoWaitsForAStoreThatHasFailedGoesOn() {
        ledger.open(store);
        ledger.away();
        ledger.whenThere(() -> told.add("late"));
        store.lanes.get(0).failed(new IOException("full"));
        loops.run();
        assertEquals(List.of("late"), told);
    }

    @Test
    void whoWaitsIsToldInOrderAsFarAsIsKept() {
        ledger.open(store);
        ledger.give().done(1, 1, 1, 0);
        ledger.whenKept(note("first"));
        ledger.give().done(1, 2, 1, 0);
        ledger.whenKept(note("second"));
        loops.run();
        assertEquals(List.of(), told);
        store.lanes.get(0).kept(1);
        loops.run();
        assertEquals(List.of("first"), told);
        store.lanes.get(0).kept(2);
        loops.run();
        assertEquals(List.of("first", "second"), told);
        ledger.whenKept(note("at once"));
        assertEquals(List.of("first", "second", "at once"), told);
    }

    @Test
    void whoFailsWhenToldKeepsNobodyFromBeingTold() {
        ledger.open(store);
        ledger.give().done(1, 1, 1, 0);
        ledger.whenKept(new Ledger.Awaiting() {
            @Override
            public void kept() {
                throw new NoClassDefFoundError("of a bundle that is exchanged");
            }

            @Override
            public void failed() {}
        });
        ledger.whenKept(note("next"));
        store.lanes.get(0).kept(1);
        loops.run();
        assertEquals(List.of("next"), told);
    }

    @Test
    void oneWakeUpServesEveryoneAndNoneIsMadeForNobody() {
        ledger.open(store);
        ledger.give().done(1, 1, 1, 0);
        int before = loops.executed(0);
        store.lanes.get(0).kept(1);
        assertEquals(before, loops.executed(0));
        ledger.give().done(1, 2, 1, 0);
        ledger.whenKept(note("a"));
        ledger.whenKept(note("b"));
        store.lanes.get(0).kept(2);
        assertEquals(before + 1, loops.executed(0));
        loops.run();
        assertEquals(List.of("a", "b"), told);
    }

    @Test
    void whatIsGivenWhileTheStoreIsAwayGoesToTheNextOneFirst() {
        ledger.open(store);
        ledger.give().done(1, 1, 1, 0);
        store.lanes.get(0).kept(1);
        ledger.away();
        assertTrue(ledger.isAway());
        ledger.give().unsubscribed(1, "t");
        ledger.whenKept(note("withheld"));
        ledger.whenThere(() -> told.add("there"));
        assertThrows(IllegalStateException.class, ledger::newMessage);
        FakeStore next = new FakeStore();
        ledger.open(next);
        assertEquals(List.of("unsubscribed [1, t]"), next.operations);
        assertEquals(List.of("there"), told);
        ledger.give().done(1, 2, 1, 0);
        next.lanes.get(0).kept(1);
        loops.run();
        assertEquals(List.of("there", "withheld"), told);
        assertEquals(List.of("unsubscribed [1, t]", "done [1, 2, 1, 0]"), next.operations);
    }

    @Test
    void whatAStoreDidNotAnswerIsAskedOfTheNext() {
        ledger.open(store);
        List<Object> answers = new ArrayList<>();
        ledger.load(new long[] {7}, answers::add);
        ledger.away();
        ledger.load(new long[] {8}, answers::add);
        FakeStore next = new FakeStore();
        ledger.open(next);
        assertEquals(2, next.questions.size());
        store.questions.get(0).loaded(List.of());
        next.questions.forEach(question -> question.loaded(List.of()));
        loops.run();
        assertEquals(2, answers.size());
    }

    @Test
    void whatAStoreThatHasFailedIsAskedForIsLost() {
        ledger.open(store);
        List<Object> answers = new ArrayList<>();
        ledger.load(new long[] {7}, answers::add);
        store.lanes.get(0).failed(new IOException("the disk is gone"));
        loops.run();
        ledger.load(new long[] {8, 9}, answers::add);
        store.questions.get(0).loaded(List.of());
        loops.run();
        assertEquals(List.of(Arrays.asList((Object) null), Arrays.asList(null, null)), answers);
    }

    @Test
    void afterAFailureNobodyIsToldThatAnythingIsKept() {
        ledger.open(store);
        ledger.give().done(1, 1, 1, 0);
        ledger.whenKept(note("waits"));
        store.lanes.get(0).failed(new IOException("the disk is gone"));
        loops.run();
        ledger.give().done(1, 2, 1, 0);
        ledger.whenKept(note("late"));
        assertEquals(List.of("waits failed", "late failed"), told);
        assertFalse(ledger.takesMessages());
    }

    /** The store that went had kept all that it took; but a loop that is busy for long hears late of its end. */
    @Test
    void whatAStoreWasGivenAfterItsEndDoesNotCountAsKeptByTheNext() {
        ledger.open(store);
        ledger.give().done(1, 1, 1, 0);
        store.lanes.get(0).kept(1);
        ledger.give().unsubscribed(1, "t");
        ledger.whenKept(note("lost"));
        ledger.away();
        FakeStore next = new FakeStore();
        ledger.open(next);
        ledger.give().done(1, 2, 1, 0);
        next.lanes.forEach(lane -> lane.kept(1));
        loops.run();
        assertEquals(List.of("lost failed"), told);
        assertTrue(ledger.hasFailed());
    }

    @Test
    void withoutSpaceItTakesNoMessages() {
        assertFalse(ledger.isOn());
        assertFalse(ledger.isAway());
        ledger.open(store);
        assertTrue(ledger.isOn());
        assertTrue(ledger.takesMessages());
        store.state = MessageStore.State.FULL;
        assertFalse(ledger.takesMessages());
    }
}
