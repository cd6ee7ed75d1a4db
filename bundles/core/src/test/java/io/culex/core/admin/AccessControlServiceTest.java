// SPDX-License-Identifier: Apache-2.0
package io.culex.core.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.admin.Ban;
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
import io.culex.api.config.ListenerSettings;
import io.culex.api.message.ReasonCode;
import io.culex.core.net.TestBroker;
import io.culex.core.plugin.TestPlugins;
import io.culex.testkit.RecordedLog;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccessControlServiceTest {
    private static final AuthRequest REQUEST = new AuthRequest("http-api", "bob", null, 5, Peer.of("door", null));
    private static final Subject BOB = new Subject("http-api", "bob", Peer.of("door", null));

    private final TestBroker broker = new TestBroker(1);
    private final TestPlugins plugins = new TestPlugins(broker.registry());
    private final AccessControlService access = new AccessControlService(broker.broker());
    private final CompletableFuture<AuthAnswer> said = new CompletableFuture<>();
    private final Users users = new Users();

    /** Lets in when told to; may read what begins with {@code a}. */
    private final class Users implements Authenticator, Authorizer {
        @Override
        public CompletionStage<AuthAnswer> authenticate(AuthRequest request) {
            return said;
        }

        @Override
        public Verdict check(Access wanted, Subject subject, String topic) {
            return wanted == Access.READ && topic.startsWith("/a") ? Verdict.ALLOW : Verdict.DENY;
        }

        @Override
        public long changes() {
            return 0;
        }
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    private void take(boolean anonymous, String... needed) {
        take(anonymous, Map.of(), needed);
    }

    private void take(boolean anonymous, Map<String, String> stages, String... needed) {
        ListenerSettings door = new ListenerSettings(
                "door",
                new ListenerSettings.Binding(0, null, null, null, ListenerSettings.Family.ANY),
                "http_api",
                ListenerSettings.Clients.DEFAULTS,
                new ListenerSettings.Access(anonymous, true, "auto-", null, false, List.of(needed)),
                stages);
        broker.registry().commit(new Generation(1, "run", BrokerSettings.DEFAULTS, List.of(door)));
    }

    private AuthAnswer ask() {
        return access.authenticate(REQUEST).toCompletableFuture().join();
    }

    @Test
    void anonymousAccessDecidesWithoutPlugins() {
        take(false);
        assertEquals(AuthAnswer.DENY, ask());
        take(true);
        assertEquals(AuthAnswer.ALLOW, ask());
        assertTrue(access.allows(Access.READ, BOB, "/x"));
    }

    @Test
    void thePluginsOfTheListenerDecide() {
        plugins.bind("users", users);
        take(true, "users");
        said.complete(AuthAnswer.ALLOW);
        assertEquals(AuthAnswer.ALLOW, ask());
        assertTrue(access.allows(Access.READ, BOB, "/a/b"));
        assertFalse(access.allows(Access.READ, BOB, "/b"));
    }

    @Test
    void whyAPluginRefusesIsInTheLogAsForAClientOfMqtt() {
        RecordedLog log = new RecordedLog();
        broker.record(log);
        plugins.bind("users", users);
        take(true, "users");
        said.complete(new AuthAnswer.Deny(ReasonCode.SERVER_BUSY, "too many logins at once"));
        assertEquals(ReasonCode.SERVER_BUSY, ((AuthAnswer.Deny) ask()).reason());
        assertEquals(
                List.of("NOTICE Client http-api [" + REQUEST.peer().addressText()
                        + "] refused by users: too many logins at once"),
                log.lines("refused"));
    }

    @Test
    void nobodyComesInWithoutTheNameThatHisCertificateIsToGive() {
        plugins.bind("users", users);
        said.complete(AuthAnswer.ALLOW);
        for (String option : List.of("use_identity_as_username", "use_subject_as_username")) {
            take(true, Map.of(option, "true"), "users");
            assertEquals(ReasonCode.BAD_USER_NAME_OR_PASSWORD, ((AuthAnswer.Deny) ask()).reason());
        }
    }

    @Test
    void whoIsBannedStaysOutWhateverThePluginsSay() throws Exception {
        take(true);
        new BansService(broker.broker())
                .add(new Ban(Ban.Kind.USER, "bob", "test", Instant.now(), null))
                .toCompletableFuture()
                .join();
        assertEquals(ReasonCode.BANNED, ((AuthAnswer.Deny) ask()).reason());
    }

    @Test
    void whileAPluginIsMissingNobodyComesIn() {
        take(true, "users");
        AuthAnswer.Deny deny = (AuthAnswer.Deny) ask();
        assertEquals(ReasonCode.SERVER_UNAVAILABLE, deny.reason());
        assertFalse(access.allows(Access.READ, BOB, "/a"));
    }

    @Test
    void aPluginThatWentMeanwhileHasRefusedNobody() {
        plugins.bind("users", users);
        TestPlugins.Bound second = plugins.bind("second", users);
        take(true, "users", "second");
        CompletableFuture<AuthAnswer> answer = access.authenticate(REQUEST).toCompletableFuture();
        second.unbind();
        said.complete(AuthAnswer.IGNORE);
        assertEquals(ReasonCode.SERVER_UNAVAILABLE, ((AuthAnswer.Deny) answer.join()).reason());
    }

    @Test
    void theAnswerOfAGateThatWasReplacedLetsNobodyIn() {
        TestPlugins.Bound bound = plugins.bind("users", users);
        take(true, "users");
        CompletableFuture<AuthAnswer> answer = access.authenticate(REQUEST).toCompletableFuture();
        bound.unbind();
        said.complete(AuthAnswer.ALLOW);
        assertEquals(ReasonCode.SERVER_UNAVAILABLE, ((AuthAnswer.Deny) answer.join()).reason());
    }
}
