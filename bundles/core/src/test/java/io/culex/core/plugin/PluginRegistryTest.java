// SPDX-License-Identifier: Apache-2.0
package io.culex.core.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.auth.Access;
import io.culex.api.auth.AuthAnswer;
import io.culex.api.auth.AuthRequest;
import io.culex.api.auth.Authenticator;
import io.culex.api.auth.Authorizer;
import io.culex.api.auth.Peer;
import io.culex.api.auth.Subject;
import io.culex.api.auth.Verdict;
import io.culex.api.config.BrokerSettings;
import io.culex.api.config.Generation;
import io.culex.api.config.GenerationRefusedException;
import io.culex.api.config.ListenerSettings;
import io.culex.core.loop.Clock;
import io.culex.core.loop.Loop;
import io.culex.core.loop.Loops;
import io.culex.testkit.Await;
import io.culex.testkit.RecordedLog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PluginRegistryTest {
    private static final Subject SUBJECT = new Subject("id", null, Peer.of("door", null));

    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Loops loops =
            new Loops(List.of(new Loop(0, 1, thread, thread::execute, (task, millis) -> {}, Clock.SYSTEM)));
    private final RecordedLog log = new RecordedLog();
    private final FakeScheduler admin = new FakeScheduler();
    private final PluginRegistry registry = new PluginRegistry(() -> loops, CoreLog.of(log), admin);
    private final TestPlugins plugins = new TestPlugins(registry);
    private final List<Gate.State> states = new ArrayList<>();

    @AfterEach
    void stop() {
        registry.deactivate();
        thread.shutdownNow();
    }

    private static final class Acl implements Authorizer {
        private final Verdict verdict;

        Acl(Verdict verdict) {
            this.verdict = verdict;
        }

        @Override
        public Verdict check(Access access, Subject subject, String topic) {
            return verdict;
        }

        @Override
        public long changes() {
            return 0;
        }
    }

    private static ListenerSettings door(String name, String... needed) {
        return new ListenerSettings(
                name,
                new ListenerSettings.Binding(0, "127.0.0.1", null, null, ListenerSettings.Family.IPV4),
                "mqtt",
                ListenerSettings.Clients.DEFAULTS,
                new ListenerSettings.Access(true, true, "auto-", null, false, Arrays.asList(needed)),
                Map.of());
    }

    private void take(ListenerSettings... doors) {
        registry.commit(new Generation(1, "run", BrokerSettings.DEFAULTS, Arrays.asList(doors)));
    }

    private Gate gate(String door) {
        return registry.current().get().scope(door).gate();
    }

    private Gate.State state(String door) {
        return gate(door).state();
    }

    @Test
    void everyDoorIsShutBeforeTheFirstGeneration() {
        assertEquals(Gate.State.REFUSING, state("door"));
        assertFalse(gate("door").allows(Access.READ, SUBJECT, "t"));
    }

    @Test
    void waitsForAMissingPluginThenRefusesThenOpensWhenItComes() {
        registry.onChange(() -> states.add(state("door")));
        take(door("door", "acl"), door("other"));
        assertEquals(Gate.State.OPEN, state("other"));
        admin.pass(9_999);
        assertEquals(Gate.State.WAITING, state("door"));
        admin.pass(1);
        assertEquals(Gate.State.REFUSING, state("door"));
        assertEquals(1, log.count("Required plugin is missing"));
        plugins.bind("acl", new Acl(Verdict.ALLOW));
        assertEquals(Gate.State.OPEN, state("door"));
        assertEquals(List.of(Gate.State.WAITING, Gate.State.REFUSING, Gate.State.OPEN), states);
    }

    @Test
    void eachPluginIsWaitedForItsOwnTime() {
        TestPlugins.Bound first = plugins.bind("a", new Acl(Verdict.ALLOW));
        TestPlugins.Bound second = plugins.bind("b", new Acl(Verdict.ALLOW));
        take(door("one", "a"), door("two", "b"));
        first.unbind();
        admin.pass(6_000);
        second.unbind();
        admin.pass(4_000);
        assertEquals(Gate.State.REFUSING, state("one"));
        assertEquals(Gate.State.WAITING, state("two"));
        admin.pass(6_000);
        assertEquals(Gate.State.REFUSING, state("two"));
    }

    @Test
    void aPluginThatCameBackAndGoesAgainIsWaitedForAnew() {
        TestPlugins.Bound acl = plugins.bind("a", new Acl(Verdict.ALLOW));
        take(door("one", "a"));
        acl.unbind();
        admin.pass(9_000);
        plugins.bind("a", new Acl(Verdict.ALLOW)).unbind();
        admin.pass(9_000);
        assertEquals(Gate.State.WAITING, state("one"));
        admin.pass(1_000);
        assertEquals(Gate.State.REFUSING, state("one"));
    }

    @Test
    void aPluginThatIsNeededAgainIsWaitedForAnew() {
        take(door("one", "a"));
        admin.pass(10_000);
        assertEquals(Gate.State.REFUSING, state("one"));
        take(door("one"));
        assertEquals(Gate.State.OPEN, state("one"));
        take(door("one", "a"));
        assertEquals(Gate.State.WAITING, state("one"));
    }

    @Test
    void aGateThatHasNothingToDoWithAChangeStaysTheSame() {
        TestPlugins.Bound acl = plugins.bind("acl", new Acl(Verdict.ALLOW));
        plugins.bind("own", new Acl(Verdict.ALLOW));
        take(door("door", "acl"), door("other", "own"));
        Gate before = gate("door");
        Gate other = gate("other");
        acl.unbind();
        plugins.bind("acl", new Acl(Verdict.ALLOW));
        assertSame(other, gate("other"));
        assertNotSame(before, gate("door"));
        take(door("door", "acl"), door("other", "own"));
        assertSame(other, gate("other"));
    }

    @Test
    void halfOfATwoInterfacePluginNeverOpens() {
        take(door("door", "both"));
        TestPlugins.Bound both = plugins.register("both", 0, new Both());
        both.bind(Authorizer.class);
        assertEquals(Gate.State.WAITING, state("door"));
        both.bind(Authenticator.class);
        assertEquals(Gate.State.OPEN, state("door"));
        both.unbind(Authenticator.class);
        assertEquals(Gate.State.WAITING, state("door"));
        both.unbind(Authorizer.class);
        assertEquals(Gate.State.WAITING, state("door"));
    }

    @Test
    void theHigherRankingWinsAndTheLowerTakesOverWhenItGoes() {
        take(door("door", "acl"));
        plugins.register("acl", 0, new Acl(Verdict.ALLOW)).bind(Authorizer.class);
        assertTrue(gate("door").allows(Access.READ, SUBJECT, "t"));
        TestPlugins.Bound better = plugins.register("acl", 7, new Acl(Verdict.DENY));
        better.bind(Authorizer.class);
        assertFalse(gate("door").allows(Access.READ, SUBJECT, "t"));
        better.unbind();
        assertEquals(Gate.State.OPEN, state("door"));
        assertTrue(gate("door").allows(Access.READ, SUBJECT, "t"));
    }

    @Test
    void theOlderOfEqualRankingsWins() {
        take(door("door", "acl"));
        plugins.bind("acl", new Acl(Verdict.ALLOW));
        plugins.bind("acl", new Acl(Verdict.DENY));
        assertTrue(gate("door").allows(Access.READ, SUBJECT, "t"));
    }

    @Test
    void unbindReturnsOnlyWhenTheLastAnswerHasCome() {
        CompletableFuture<AuthAnswer> pending = new CompletableFuture<>();
        take(door("door", "login"));
        TestPlugins.Bound login = plugins.bind("login", (Authenticator) request -> pending);
        gate("door").authenticate(new AuthRequest("id", null, null, 5, Peer.of("door", null)), answer -> {});
        CompletableFuture<Void> gone = CompletableFuture.runAsync(login::unbind);
        Await.until("the gate to close", () -> state("door") == Gate.State.WAITING);
        assertFalse(gone.isDone());
        pending.complete(AuthAnswer.ALLOW);
        gone.join();
        assertEquals(0, log.count("goes while"));
    }

    @Test
    void unbindWaitsForALoopThatIsInsideThePlugin() {
        CompletableFuture<Void> inside = new CompletableFuture<>();
        TestPlugins.Bound acl = plugins.bind("acl", new Acl(Verdict.ALLOW));
        take(door("door", "acl"));
        loops.get(0).execute(inside::join);
        CompletableFuture<Void> gone = CompletableFuture.runAsync(acl::unbind);
        Await.until("the gate to close", () -> state("door") == Gate.State.WAITING);
        assertFalse(gone.isDone());
        inside.complete(null);
        gone.join();
    }

    private static Generation generation(long number, Map<String, Long> made, ListenerSettings... doors) {
        return new Generation(number, "run", BrokerSettings.DEFAULTS, Arrays.asList(doors), made);
    }

    private boolean allows() {
        return gate("door").allows(Access.READ, SUBJECT, "t");
    }

    @Test
    void theOldServiceIsUsedUntilTheCommitAndTheNewOneAfterIt() throws Exception {
        plugins.bind("acl", 1, "config:run", new Acl(Verdict.ALLOW));
        registry.commit(generation(1, Map.of("acl", 1L), door("door", "acl")));
        Snapshot before = registry.current().get();
        TestPlugins.Bound newer = plugins.bind("acl", 2, "config:run", new Acl(Verdict.DENY));
        assertSame(before, registry.current().get());
        Generation next = generation(2, Map.of("acl", 2L), door("door", "acl"));
        registry.prepare(next);
        assertTrue(allows());
        registry.commit(next);
        assertEquals(Gate.State.OPEN, state("door"));
        assertFalse(allows());
        newer.unbind();
        assertEquals(Gate.State.WAITING, state("door"));
    }

    @Test
    void anUnchangedPluginServesTheNextGenerationToo() {
        plugins.bind("acl", 1, "config:run", new Acl(Verdict.ALLOW));
        registry.commit(generation(5, Map.of("acl", 1L), door("door", "acl")));
        assertTrue(allows());
    }

    @Test
    void aPluginOfTwoServicesIsRefusedForOneOfThemWouldNotBeAsked() {
        plugins.bind(
                "acl", 1, "config:run", (Authenticator) request -> CompletableFuture.completedFuture(AuthAnswer.ALLOW));
        plugins.bind("acl", 1, "config:run", new Acl(Verdict.DENY));
        Generation next = generation(1, Map.of("acl", 1L), door("door", "acl"));
        GenerationRefusedException refused =
                assertThrows(GenerationRefusedException.class, () -> registry.prepare(next));
        assertTrue(String.valueOf(refused.getMessage()).startsWith("Error: Plugin acl offers several services;"));
    }

    @Test
    void whatIsLeftOfTheGenerationBeforeGoesWithoutTouchingAGate() {
        TestPlugins.Bound older = plugins.bind("acl", 1, "config:run", new Acl(Verdict.ALLOW));
        plugins.bind("acl", 2, "config:run", new Acl(Verdict.ALLOW));
        registry.commit(generation(2, Map.of("acl", 2L), door("door", "acl")));
        Gate before = gate("door");
        older.unbind();
        assertSame(before, gate("door"));
    }

    @Test
    void whatAnotherRunMadeOpensNothing() {
        plugins.bind("acl", 1, "config:other", new Acl(Verdict.ALLOW));
        registry.commit(generation(1, Map.of("acl", 1L), door("door", "acl")));
        assertEquals(Gate.State.WAITING, state("door"));
        registry.commit(generation(2, Map.of(), door("door", "acl")));
        assertEquals(Gate.State.WAITING, state("door"));
    }

    @Test
    void aPluginMadeByHandNeverStandsInForOneOfTheFile() {
        plugins.register("acl", 100, new Acl(Verdict.ALLOW)).bind(Authorizer.class);
        registry.commit(generation(1, Map.of("acl", 1L), door("door", "acl")));
        assertEquals(Gate.State.WAITING, state("door"));
        registry.commit(generation(2, Map.of(), door("door", "acl")));
        assertEquals(Gate.State.OPEN, state("door"));
    }

    @Test
    void waitsForAPluginThatIsStillBeingBound() throws Exception {
        Generation next = generation(1, Map.of("acl", 1L), door("door", "acl"));
        CompletableFuture<Void> prepared = CompletableFuture.runAsync(() -> {
            try {
                registry.prepare(next);
            } catch (GenerationRefusedException e) {
                throw new IllegalStateException(e);
            }
        });
        plugins.bind("acl", 1, "config:run", new Acl(Verdict.ALLOW));
        prepared.get(10, TimeUnit.SECONDS);
        registry.commit(next);
        assertEquals(Gate.State.OPEN, state("door"));
    }
}
