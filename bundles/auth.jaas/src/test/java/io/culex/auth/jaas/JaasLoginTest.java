// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.jaas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.auth.AuthAnswer;
import io.culex.api.auth.AuthRequest;
import io.culex.api.auth.Peer;
import io.culex.api.message.Payload;
import io.culex.api.message.ReasonCode;
import io.culex.testkit.RecordedLog;
import java.lang.annotation.Annotation;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import javax.security.auth.login.Configuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JaasLoginTest {
    private final List<JaasLogin> made = new ArrayList<>();
    private final RecordedLog log = new RecordedLog();
    private final AtomicLong nanos = new AtomicLong();

    @BeforeEach
    void aRealm() {
        Configuration.setConfiguration(new Configuration() {
            @Override
            public AppConfigurationEntry @Nullable [] getAppConfigurationEntry(String name) {
                return name.equals("test")
                        ? new AppConfigurationEntry[] {
                            new AppConfigurationEntry(
                                    TestModule.class.getName(), LoginModuleControlFlag.REQUIRED, Map.of())
                        }
                        : null;
            }
        });
    }

    @AfterEach
    void stop() {
        made.forEach(JaasLogin::close);
        TestModule.HELD.forEach(CountDownLatch::countDown);
        TestModule.HELD.clear();
        Configuration.setConfiguration(null);
    }

    private JaasLogin login(String realm, String role, int queue, Duration patience) {
        JaasLogin login = new JaasLogin(new Settings("jaas", realm, role, 1, queue, patience), nanos::get);
        login.bindLog(log);
        made.add(login);
        return login;
    }

    private static CompletionStage<AuthAnswer> ask(JaasLogin login, @Nullable String user, @Nullable String password) {
        return ask(login, user, password, null);
    }

    private static CompletionStage<AuthAnswer> ask(
            JaasLogin login, @Nullable String user, @Nullable String password, @Nullable String address) {
        InetSocketAddress from = address == null ? null : new InetSocketAddress(address, 40_000);
        return login.authenticate(
                new AuthRequest("c", user, password == null ? null : Payload.of(password), 5, Peer.of("1883", from)));
    }

    private static AuthAnswer answer(CompletionStage<AuthAnswer> stage) {
        return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    }

    private AuthAnswer answer(String role, @Nullable String user, @Nullable String password) {
        return answer(ask(login("test", role, 10, Duration.ofSeconds(10)), user, password));
    }

    @Test
    void theRealmDecides() {
        assertEquals(AuthAnswer.ALLOW, answer("", "bob", "grün"));
        assertEquals(AuthAnswer.DENY, answer("", "bob", "wrong"));
        assertEquals(AuthAnswer.DENY, answer("", "eve", "grün"));
        assertEquals(AuthAnswer.DENY, answer("", "bob", null));
        assertEquals(AuthAnswer.IGNORE, answer("", null, null));
    }

    @Test
    void aUserNeedsTheRole() {
        assertEquals(AuthAnswer.ALLOW, answer("mqtt", "bob", "grün"));
        assertEquals(AuthAnswer.DENY, answer("admin", "bob", "grün"));
        // The user's own name is a principal, too, but no role.
        assertEquals(AuthAnswer.DENY, answer("bob", "bob", "grün"));
    }

    @Test
    void whoCannotBeAskedAboutIsRefused() {
        assertEquals(AuthAnswer.DENY, answer(ask(login("nowhere", "", 10, Duration.ofSeconds(10)), "bob", "grün")));
        assertEquals(AuthAnswer.DENY, answer("", "broken", "x"));
    }

    @Test
    void aSlowRealmHoldsNobody() {
        JaasLogin slow = login("test", "", 1, Duration.ofMillis(50));
        assertToldToComeAgain(ask(slow, "slow", "x"));
    }

    @Test
    void whatDoesNotFitIsToldSo() throws InterruptedException {
        JaasLogin full = login("test", "", 1, Duration.ofSeconds(60));
        CompletionStage<AuthAnswer> working = ask(full, "slow", "x", "192.0.2.1");
        CompletionStage<AuthAnswer> waiting = ask(full, "bob", "grün", "192.0.2.2");
        assertToldToComeAgain(ask(full, "bob", "grün", "192.0.2.3"));
        held().countDown();
        assertEquals(AuthAnswer.ALLOW, answer(working));
        assertEquals(AuthAnswer.ALLOW, answer(waiting));
    }

    /** Else one that sends login after login while the realm is slow keeps everyone else out. */
    @Test
    void oneAddressLeavesHalfOfThePlacesToOthers() throws InterruptedException {
        JaasLogin login = login("test", "", 4, Duration.ofSeconds(60));
        CompletionStage<AuthAnswer> working = ask(login, "slow", "x", "192.0.2.1");
        List<CompletionStage<AuthAnswer>> waiting =
                List.of(ask(login, "bob", "grün", "192.0.2.1"), ask(login, "bob", "grün", "192.0.2.1"));
        assertToldToComeAgain(ask(login, "bob", "grün", "192.0.2.1"));
        CompletionStage<AuthAnswer> other = ask(login, "bob", "grün", "192.0.2.2");
        CompletionStage<AuthAnswer> unix = ask(login, "bob", "grün");
        held().countDown();
        assertEquals(AuthAnswer.ALLOW, answer(working));
        for (CompletionStage<AuthAnswer> one : waiting) {
            assertEquals(AuthAnswer.ALLOW, answer(one));
        }
        assertEquals(AuthAnswer.ALLOW, answer(other));
        assertEquals(AuthAnswer.ALLOW, answer(unix));
        assertEquals(AuthAnswer.ALLOW, answer(ask(login, "bob", "grün", "192.0.2.1")));
    }

    /** Who has given up still holds its place until the realm has gone past it: else the queue fills all the same. */
    @Test
    void placesAreHeldAsLongAsTheQueueHoldsThem() throws InterruptedException {
        JaasLogin login = login("test", "", 4, Duration.ofMillis(300));
        CompletionStage<AuthAnswer> working = ask(login, "slow", "x", "192.0.2.1");
        CountDownLatch held = held();
        List<CompletionStage<AuthAnswer>> late =
                List.of(working, ask(login, "bob", "grün", "192.0.2.1"), ask(login, "bob", "grün", "192.0.2.1"));
        late.forEach(JaasLoginTest::assertToldToComeAgain);
        assertToldToComeAgain(ask(login, "bob", "grün", "192.0.2.1"));
        assertEquals(List.of(2.0), values(login, "jaas_waiting"));
        held.countDown();
        assertEquals(AuthAnswer.ALLOW, answer(ask(login, "bob", "grün", "192.0.2.2")));
        assertEquals(AuthAnswer.ALLOW, answer(ask(login, "bob", "grün", "192.0.2.1")));
    }

    private static void assertToldToComeAgain(CompletionStage<AuthAnswer> refused) {
        assertEquals(
                ReasonCode.SERVER_UNAVAILABLE,
                assertInstanceOf(AuthAnswer.Deny.class, answer(refused)).reason());
    }

    private static List<Double> values(JaasLogin login, String metric) {
        List<Double> values = new ArrayList<>();
        login.metrics().stream().filter(one -> one.name().equals(metric)).forEach(one -> one.reader()
                .accept((value, labels) -> values.add(value)));
        return values;
    }

    private static CountDownLatch held() throws InterruptedException {
        return Objects.requireNonNull(TestModule.HELD.poll(10, TimeUnit.SECONDS));
    }

    /** Else a realm that was away for a while is asked about nobody but those who have given up. */
    @Test
    void theRealmIsNotAskedForWhoHasHadItsAnswer() throws InterruptedException {
        JaasLogin login = login("test", "", 10, Duration.ofMillis(300));
        CompletionStage<AuthAnswer> working = ask(login, "slow", "x");
        CountDownLatch held = held();
        List<CompletionStage<AuthAnswer>> waiting = List.of(ask(login, "bob", "grün"), ask(login, "bob", "grün"));
        waiting.forEach(one -> assertInstanceOf(AuthAnswer.Deny.class, answer(one)));
        answer(working);
        int before = TestModule.ASKED.get();
        held.countDown();
        assertEquals(AuthAnswer.ALLOW, answer(ask(login, "bob", "grün")));
        assertEquals(before + 1, TestModule.ASKED.get());
    }

    @Test
    void whoWaitsIsToldToComeAgainWhenThePluginGoes() throws InterruptedException {
        JaasLogin login = login("test", "", 10, Duration.ofSeconds(60));
        CompletionStage<AuthAnswer> working = ask(login, "slow", "x");
        CountDownLatch held = held();
        CompletionStage<AuthAnswer> waiting = ask(login, "bob", "grün");
        login.close();
        assertToldToComeAgain(waiting);
        assertToldToComeAgain(ask(login, "bob", "grün"));
        held.countDown();
        assertEquals(AuthAnswer.ALLOW, answer(working));
    }

    @Test
    void whomTheRealmDoesNotAdmitForAnyReasonIsNoFailure() {
        JaasLogin login = login("test", "", 10, Duration.ofSeconds(10));
        assertEquals(AuthAnswer.DENY, answer(ask(login, "locked", "x")));
        assertEquals(AuthAnswer.DENY, answer(ask(login, "over", "x")));
        assertEquals(AuthAnswer.DENY, answer(ask(login, "absent", "x")));
        List<Double> values = new ArrayList<>();
        login.metrics().forEach(metric -> metric.reader().accept((value, labels) -> values.add(value)));
        assertEquals(List.of(0.0, 3.0, 0.0, 0.0), values);
        assertEquals(List.of(), log.lines());
    }

    @Test
    void whatMayBeAWrongPasswordIsToldOnceAMinuteWithHowOften() {
        JaasLogin login = login("test", "", 10, Duration.ofSeconds(10));
        for (int i = 0; i < 100; i++) {
            assertEquals(AuthAnswer.DENY, answer(ask(login, "directory", "x")));
        }
        String line = "ERROR Error: Plugin jaas cannot ask realm test: error code 49";
        assertEquals(List.of(line), log.lines());
        assertEquals(List.of(100.0), values(login, "jaas_failures"));
        nanos.addAndGet(TimeUnit.MINUTES.toNanos(1));
        answer(ask(login, "directory", "x"));
        assertEquals(List.of(line, line + " (99 more since the last of these lines)"), log.lines());
    }

    @Test
    void theRealmIsNotAskedWithoutAPassword() {
        int before = TestModule.ASKED.get();
        JaasLogin login = login("test", "", 10, Duration.ofSeconds(10));
        assertEquals(AuthAnswer.DENY, answer(ask(login, "bob", "")));
        assertEquals(List.of(1.0), values(login, "jaas_refusals"));
        assertEquals(before, TestModule.ASKED.get());
    }

    private record Given(String realm, String login__threads) implements JaasLogin.Config {
        @Override
        public String culex_plugin() {
            return "jaas";
        }

        @Override
        public String role() {
            return "";
        }

        @Override
        public String login__queue() {
            return "10";
        }

        @Override
        public String login__seconds() {
            return "10";
        }

        @Override
        public Class<? extends Annotation> annotationType() {
            return JaasLogin.Config.class;
        }
    }

    @Test
    void settingsAreCheckedWithTheirNames() {
        String realm =
                String.valueOf(assertThrows(IllegalArgumentException.class, () -> new JaasLogin(new Given(" ", "1")))
                        .getMessage());
        assertTrue(realm.contains("needs the option realm"), realm);
        String threads =
                String.valueOf(assertThrows(IllegalArgumentException.class, () -> new JaasLogin(new Given("r", "0")))
                        .getMessage());
        assertTrue(threads.contains("'login_threads' value (0)"), threads);
    }
}
