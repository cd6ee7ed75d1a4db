// SPDX-License-Identifier: Apache-2.0
package io.culex.core.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.auth.Access;
import io.culex.api.auth.AuthAnswer;
import io.culex.api.auth.AuthRequest;
import io.culex.api.auth.Authenticator;
import io.culex.api.auth.Authorizer;
import io.culex.api.auth.EnhancedAuthenticator;
import io.culex.api.auth.Peer;
import io.culex.api.auth.Subject;
import io.culex.api.auth.UserDirectory;
import io.culex.api.auth.Verdict;
import io.culex.api.intercept.Interceptor;
import io.culex.api.message.Message;
import io.culex.api.message.ReasonCode;
import io.culex.testkit.RecordedLog;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GateTest {
    private static final Peer PEER = Peer.of("door", null);
    private static final AuthRequest ANONYMOUS = new AuthRequest("id", null, null, 5, PEER);
    private static final AuthRequest BOB = new AuthRequest("id", "bob", null, 5, PEER);
    private static final Subject SUBJECT = new Subject("id", null, PEER);
    private static final AuthAnswer BANNED = new AuthAnswer.Deny(ReasonCode.BANNED, "");

    private final RecordedLog log = new RecordedLog();
    private final List<String> asked = new ArrayList<>();
    private final Guard lastGuard = new Guard("last", log);

    private Plugin login(String name, Authenticator authenticator) {
        return new Plugin(
                new Guard(name, log),
                request -> {
                    asked.add(name);
                    return authenticator.authenticate(request);
                },
                null,
                null,
                null);
    }

    private Plugin login(String name, AuthAnswer answer) {
        return login(name, request -> CompletableFuture.completedFuture(answer));
    }

    private Plugin acl(String name, Verdict verdict) {
        return new Plugin(
                new Guard(name, log),
                null,
                null,
                new Authorizer() {
                    @Override
                    public Verdict check(Access access, Subject subject, String topic) {
                        asked.add(name);
                        return verdict;
                    }

                    @Override
                    public long changes() {
                        return 0;
                    }
                },
                null);
    }

    private Plugin filter(Interceptor interceptor) {
        return new Plugin(new Guard("filter", log), null, null, null, interceptor);
    }

    private static AuthAnswer ask(Gate gate, AuthRequest request) {
        List<AuthAnswer> answers = new ArrayList<>();
        gate.authenticate(request, decision -> answers.add(decision.answer()));
        assertEquals(1, answers.size());
        return answers.get(0);
    }

    private static Gate open(boolean allowAnonymous, Plugin... plugins) {
        return new Gate(Gate.State.OPEN, allowAnonymous, List.of(plugins));
    }

    @Test
    void withoutPluginsAllowAnonymousDecidesForEveryone() {
        assertEquals(AuthAnswer.ALLOW, ask(open(true), ANONYMOUS));
        assertEquals(AuthAnswer.ALLOW, ask(open(true), BOB));
        assertEquals(AuthAnswer.DENY, ask(open(false), ANONYMOUS));
        assertEquals(AuthAnswer.DENY, ask(open(false), BOB));
    }

    @Test
    void asksInOrderUntilOneDecides() {
        Gate gate = open(
                false,
                login("a", AuthAnswer.DEFER),
                login("b", AuthAnswer.IGNORE),
                login("c", AuthAnswer.ALLOW),
                login("d", BANNED));
        assertEquals(AuthAnswer.ALLOW, ask(gate, BOB));
        assertEquals(List.of("a", "b", "c"), asked);
    }

    @Test
    void aDenialEndsTheChainWithItsReason() {
        assertEquals(BANNED, ask(open(true, login("a", BANNED), login("b", AuthAnswer.ALLOW)), BOB));
        assertEquals(List.of("a"), asked);
    }

    @Test
    void refusesWhenAllDefer() {
        assertEquals(AuthAnswer.DENY, ask(open(true, login("a", AuthAnswer.DEFER)), ANONYMOUS));
        assertEquals(
                AuthAnswer.DENY,
                ask(open(true, login("a", AuthAnswer.DEFER), login("b", AuthAnswer.IGNORE)), ANONYMOUS));
    }

    @Test
    void clientsWithWildcardsInTheirNamesAreDeniedWhereThePluginWantsThat() {
        Plugin asked = acl("a", Verdict.ALLOW);
        Plugin denies = new Plugin(asked.guard(), null, null, asked.authorizer(), null, null, true);
        for (Subject subject :
                List.of(new Subject("a+b", null, PEER), new Subject("id", "u#", PEER), new Subject("#", "u", PEER))) {
            assertTrue(open(true, asked).allows(Access.READ, subject, "t"));
            assertFalse(open(true, denies).allows(Access.READ, subject, "t"));
        }
        assertTrue(open(true, denies).allows(Access.READ, new Subject("a/b", "u", PEER), "t"));
    }

    @Test
    void findsTheEntryOfAUserInTheFirstDirectoryThatKnowsIt() {
        Plugin first = directory("a", name -> "bob".equals(name) ? "1" : null);
        Plugin second = directory("b", name -> "2");
        assertEquals("1", open(false, first, second).entry("bob"));
        assertEquals("2", open(false, first, second).entry("eve"));
        assertNull(open(false, acl("x", Verdict.ALLOW)).entry("bob"));
        assertNull(open(false, directory("bad", name -> {
                    throw new IllegalStateException();
                }))
                .entry("bob"));
    }

    private Plugin directory(String name, UnaryOperator<@Nullable String> entries) {
        UserDirectory directory = new UserDirectory() {
            @Override
            public @Nullable String fingerprint(String username) {
                return entries.apply(username);
            }

            @Override
            public long changes() {
                return 0;
            }
        };
        return new Plugin(new Guard(name, log), null, null, null, null, directory, false);
    }

    @Test
    void anExceptionIsARefusalAndIsLogged() {
        Gate gate = open(
                true,
                login("bad", request -> {
                    throw new IllegalStateException("broken");
                }),
                login("next", AuthAnswer.ALLOW));
        assertInstanceOf(AuthAnswer.Deny.class, ask(gate, BOB));
        assertEquals(List.of("bad"), asked);
        assertEquals(1, log.count("Plugin bad failed"));
    }

    @Test
    void aFailedStageIsARefusal() {
        Gate gate = open(true, login("bad", request -> CompletableFuture.failedFuture(new IllegalStateException())));
        assertInstanceOf(AuthAnswer.Deny.class, ask(gate, BOB));
        assertEquals(1, log.count("Plugin bad failed"));
    }

    @Test
    @SuppressWarnings("NullAway") // what a plugin that is not checked may do
    void nullIsARefusal() {
        assertInstanceOf(AuthAnswer.Deny.class, ask(open(true, login("a", request -> null)), BOB));
        assertInstanceOf(
                AuthAnswer.Deny.class,
                ask(open(true, login("a", request -> CompletableFuture.completedFuture(null))), BOB));
        assertFalse(open(true, acl("a", null)).allows(Access.WRITE, SUBJECT, "t"));
    }

    @Test
    void anAnswerMayComeLaterAndTheChainGoesOn() {
        CompletableFuture<AuthAnswer> later = new CompletableFuture<>();
        List<AuthAnswer> answers = new ArrayList<>();
        open(false, login("slow", request -> later), login("b", AuthAnswer.ALLOW))
                .authenticate(BOB, decision -> answers.add(decision.answer()));
        assertEquals(List.of(), answers);
        later.complete(AuthAnswer.DEFER);
        assertEquals(List.of(AuthAnswer.ALLOW), answers);
    }

    @Test
    void aCallIsInFlightUntilItsAnswerHasCome() {
        CompletableFuture<AuthAnswer> later = new CompletableFuture<>();
        Plugin slow = new Plugin(lastGuard, request -> later, null, null, null);
        open(false, slow).authenticate(BOB, answer -> {});
        assertEquals(1, lastGuard.inFlight());
        later.complete(AuthAnswer.ALLOW);
        assertEquals(0, lastGuard.inFlight());
    }

    @Test
    void refusesWithServerUnavailableWhileAPluginIsMissing() {
        for (Gate.State state : List.of(Gate.State.WAITING, Gate.State.REFUSING)) {
            AuthAnswer answer = ask(new Gate(state, true, List.of(login("a", AuthAnswer.ALLOW))), ANONYMOUS);
            assertEquals(
                    ReasonCode.SERVER_UNAVAILABLE,
                    assertInstanceOf(AuthAnswer.Deny.class, answer).reason());
            assertEquals(List.of(), asked);
        }
    }

    @Test
    void permissionsFollowTheSameChain() {
        assertTrue(open(true).allows(Access.WRITE, SUBJECT, "t"));
        assertTrue(open(true, acl("a", Verdict.IGNORE)).allows(Access.WRITE, SUBJECT, "t"));
        assertFalse(open(true, acl("a", Verdict.DEFER)).allows(Access.WRITE, SUBJECT, "t"));
        assertTrue(open(true, acl("a", Verdict.DEFER), acl("b", Verdict.ALLOW)).allows(Access.WRITE, SUBJECT, "t"));
        assertFalse(open(true, acl("a", Verdict.DENY), acl("b", Verdict.ALLOW)).allows(Access.WRITE, SUBJECT, "t"));
    }

    @Test
    void aFailingAuthorizerDenies() {
        Plugin bad = new Plugin(
                new Guard("bad", log),
                null,
                null,
                new Authorizer() {
                    @Override
                    public Verdict check(Access access, Subject subject, String topic) {
                        throw new NoClassDefFoundError("gone");
                    }

                    @Override
                    public long changes() {
                        return 0;
                    }
                },
                null);
        assertFalse(open(true, bad, acl("b", Verdict.ALLOW)).allows(Access.READ, SUBJECT, "t"));
    }

    @Test
    void interceptorsSeeWhatTheOnesBeforeThemMade() {
        Interceptor append = (sender, message) -> new Interceptor.Outcome.Replace(
                Message.of(message.topic(), message.payload().asText() + "x"));
        Gate gate = open(true, filter(append), filter((sender, message) -> Interceptor.Outcome.PASS), filter(append));
        Interceptor.Outcome outcome = gate.intercept(SUBJECT, Message.of("t", "a"));
        assertEquals(
                "axx",
                assertInstanceOf(Interceptor.Outcome.Replace.class, outcome)
                        .message()
                        .payload()
                        .asText());
    }

    @Test
    void aFailingInterceptorDropsTheMessage() {
        Gate gate = open(true, filter((sender, message) -> {
            throw new IllegalStateException();
        }));
        assertInstanceOf(Interceptor.Outcome.Drop.class, gate.intercept(SUBJECT, Message.of("t", "a")));
    }

    @Test
    void findsTheAuthenticatorOfAMethodAndAFailingStepIsAFailure() {
        EnhancedAuthenticator broken = new EnhancedAuthenticator() {
            @Override
            public String method() {
                return "M";
            }

            @Override
            public Exchange begin(AuthRequest request) {
                return data -> {
                    throw new IllegalStateException();
                };
            }
        };
        Gate gate = open(true, new Plugin(new Guard("e", log), null, broken, null, null));
        assertNull(gate.begin("other", BOB));
        EnhancedAuthenticator.@Nullable Exchange exchange = gate.begin("M", BOB);
        assertNotNull(exchange);
        CompletionStage<EnhancedAuthenticator.Step> step = exchange.next(null);
        assertInstanceOf(
                EnhancedAuthenticator.Step.Failure.class,
                step.toCompletableFuture().join());
    }
}
