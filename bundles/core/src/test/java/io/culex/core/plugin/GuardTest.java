// SPDX-License-Identifier: Apache-2.0
package io.culex.core.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.auth.Access;
import io.culex.api.auth.AuthRequest;
import io.culex.api.auth.Authorizer;
import io.culex.api.auth.EnhancedAuthenticator;
import io.culex.api.auth.Peer;
import io.culex.api.auth.Subject;
import io.culex.api.auth.Verdict;
import io.culex.api.intercept.SessionObserver;
import io.culex.testkit.Await;
import io.culex.testkit.RecordedLog;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a plugin throws: of a class that the compiler has never seen in its signature, or an error of the machine. */
class GuardTest {
    private static final Subject SUBJECT = new Subject("id", null, Peer.of("door", null));

    private final RecordedLog log = new RecordedLog();
    private final Guard guard = new Guard("bad", log);

    static List<Throwable> thrown() {
        return List.of(
                new IllegalStateException("broken"),
                new NoClassDefFoundError("gone"),
                new AssertionError("never"),
                new StackOverflowError(),
                new IOException("not declared"));
    }

    /** As other languages of the JVM do it without a word. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable, T> T fail(Throwable cause) throws E {
        throw (E) cause;
    }

    private static <T> T failing(Throwable cause) {
        return GuardTest.<RuntimeException, T>fail(cause);
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void whateverIsThrownIsARefusal(Throwable cause) {
        assertEquals("no", guard.call(() -> failing(cause), "no"));
        assertEquals(1, guard.failures());
        assertEquals(1, log.count("Plugin bad failed, which counts as a refusal: " + cause));
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void whateverIsThrownInsteadOfAStageIsARefusalAndNobodyIsInsideAfterIt(Throwable cause) {
        assertEquals(
                "no",
                guard.callAsync(() -> failing(cause), "no")
                        .toCompletableFuture()
                        .join());
        assertEquals(0, guard.inFlight());
    }

    @Test
    void aPluginThatWasLetGoIsAskedNoMoreThoughSomebodyHasAnOldGate() {
        assertEquals("yes", guard.call(() -> "yes", "no"));
        guard.letGo();
        assertEquals("no", guard.call(() -> GuardTest.<String>failing(new IllegalStateException("asked")), "no"));
        assertEquals(
                "no",
                guard.callAsync(() -> CompletableFuture.completedFuture("yes"), "no")
                        .toCompletableFuture()
                        .join());
        assertEquals(0, guard.inFlight());
        assertEquals(1, guard.calls());
        assertEquals(0, guard.failures());
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void aCounterThatThrowsDiffersEachTime(Throwable cause) {
        Gate gate = new Gate(
                Gate.State.OPEN, true, List.of(new Plugin(guard, null, null, new ThrowingCounter(cause), null)));
        long first = gate.changes();
        assertTrue(gate.changes() != first, first + " twice");
        assertTrue(new PermissionCache().allows(gate, Access.READ, SUBJECT, "t"));
    }

    private record ThrowingCounter(Throwable cause) implements Authorizer {
        @Override
        public Verdict check(Access access, Subject subject, String topic) {
            return Verdict.ALLOW;
        }

        @Override
        public long changes() {
            return GuardTest.<Long>failing(cause);
        }
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void aMethodThatThrowsServesNothingAndTheNextOneIsAsked(Throwable cause) {
        Plugin bad = new Plugin(guard, null, new Exchanges(() -> failing(cause)), null, null);
        Plugin good = new Plugin(new Guard("good", log), null, new Exchanges(() -> "SCRAM"), null, null);
        assertEquals("good", new Gate(Gate.State.OPEN, true, List.of(bad, good)).serving("SCRAM"));
        Gate alone = new Gate(Gate.State.OPEN, true, List.of(bad));
        assertEquals("", alone.serving("SCRAM"));
        assertNull(alone.begin("SCRAM", new AuthRequest("id", null, null, 5, Peer.of("door", null))));
        assertFalse(alone.serves("SCRAM", alone));
    }

    private interface Name {
        String get();
    }

    private record Exchanges(Name name) implements EnhancedAuthenticator {
        @Override
        public String method() {
            return name.get();
        }

        @Override
        public Exchange begin(AuthRequest request) {
            return data -> CompletableFuture.completedFuture(Gate.NO_STEP);
        }
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void anObserverThatThrowsKeepsNothingFromTheOthers(Throwable cause) {
        AtomicInteger told = new AtomicInteger();
        Observers observers = new Observers(log);
        observers.add(new SessionObserver() {
            @Override
            public void ended(String clientId) {
                GuardTest.<Void>failing(cause);
            }
        });
        observers.add(new SessionObserver() {
            @Override
            public void ended(String clientId) {
                told.incrementAndGet();
            }
        });
        observers.tell(observer -> observer.ended("id"));
        assertEquals(1, told.get());
        assertEquals(1, log.count("An observer of sessions failed"));
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void aTaskThatThrowsIsDoneAgain(Throwable cause) {
        AtomicInteger done = new AtomicInteger();
        try (AdminTasks tasks = new AdminTasks(AdminTasks.thread(), log)) {
            tasks.every(Duration.ofMillis(1), () -> {
                done.incrementAndGet();
                GuardTest.<Void>failing(cause);
            });
            Await.until("another time", () -> done.get() > 2);
        }
    }
}
