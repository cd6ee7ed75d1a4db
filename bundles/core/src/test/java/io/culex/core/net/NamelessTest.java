// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.api.auth.AuthAnswer;
import io.culex.api.auth.AuthRequest;
import io.culex.api.auth.Authenticator;
import io.culex.api.auth.EnhancedAuthenticator;
import io.culex.api.auth.Peer;
import io.culex.api.config.BrokerSettings;
import io.culex.api.config.GenerationRefusedException;
import io.culex.api.config.ListenerSettings;
import io.culex.testkit.Await;
import io.culex.testkit.Connect;
import io.culex.testkit.PropertyId;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.RecordedLog;
import io.culex.testkit.WireClient;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A listener takes the names of its clients from their certificates, and there comes one whose certificate has none. */
class NamelessTest {
    private static final String IDENTITY = "use_identity_as_username";
    private static final String SUBJECT = "use_subject_as_username";

    private final Hall hall = new Hall();
    private final AtomicInteger asked = new AtomicInteger();

    @BeforeEach
    void start() {
        hall.broker.serve(IDENTITY, SUBJECT);
    }

    @AfterEach
    void stop() {
        hall.close();
    }

    /** Open to everyone but for the names. */
    private void take(String option, boolean usernameAsClientId, String... plugins) {
        ListenerSettings door = TestBroker.door(0);
        ListenerSettings.Access access =
                new ListenerSettings.Access(true, true, "auto-", null, usernameAsClientId, List.of(plugins));
        try {
            hall.broker.take(
                    BrokerSettings.DEFAULTS,
                    List.of(new ListenerSettings(
                            door.name(),
                            door.binding(),
                            door.protocol(),
                            door.clients(),
                            access,
                            Map.of(option, "true"))));
        } catch (GenerationRefusedException e) {
            throw new AssertionError(e);
        }
    }

    private int refusal(ProtocolVersion version, Connect connect) {
        WireClient client = hall.open(version);
        client.send(connect);
        int reason = client.expectConnack().reason();
        client.expectClosed();
        hall.awaitSessions(0);
        return reason;
    }

    @ParameterizedTest
    @ValueSource(strings = {IDENTITY, SUBJECT})
    void isRefusedInWordsOfItsVersion(String option) {
        take(option, false);
        assertEquals(4, refusal(ProtocolVersion.V31, Connect.as("id")));
        assertEquals(4, refusal(ProtocolVersion.V311, Connect.as("id")));
        assertEquals(0x86, refusal(ProtocolVersion.V5, Connect.as("id")));
    }

    @Test
    void isNotTakenByTheNameThatItGives() {
        hall.plugins.bind("login", (Authenticator) request -> {
            asked.incrementAndGet();
            return CompletableFuture.completedFuture(AuthAnswer.ALLOW);
        });
        take(IDENTITY, false, "login");
        assertEquals(
                0x86, refusal(ProtocolVersion.V5, Connect.as("id").user("admin").password("right")));
        take(IDENTITY, true, "login");
        assertEquals(
                4, refusal(ProtocolVersion.V311, Connect.as("id").user("admin").password("right")));
        assertEquals(0, asked.get());
    }

    @Test
    void isNotAskedByAnAuthenticationMethodEither() {
        hall.plugins.bind("scram", new EnhancedAuthenticator() {
            @Override
            public String method() {
                return "M";
            }

            @Override
            public Exchange begin(AuthRequest request) {
                asked.incrementAndGet();
                return data -> CompletableFuture.completedFuture(new Step.Success("admin", null));
            }
        });
        take(IDENTITY, false, "scram");
        assertEquals(0x86, refusal(ProtocolVersion.V5, Connect.as("id").with(PropertyId.AUTH_METHOD, "M")));
        assertEquals(0, asked.get());
    }

    @Test
    void whoHasANameComesIn() {
        hall.broker.stage(peer -> new Peer(peer.listener(), peer.socket(), null, null, null, null, "bob"));
        take(IDENTITY, false);
        hall.connect(ProtocolVersion.V311, Connect.as("id").user("admin"));
        assertEquals("bob", hall.session("id").subject().username());
    }

    @Test
    void theLogSaysWhoWasRefused() {
        RecordedLog log = new RecordedLog();
        hall.broker.record(log);
        take(IDENTITY, false);
        refusal(ProtocolVersion.V311, Connect.as("id"));
        Await.until("the end", () -> log.count("disconnected") == 1);
        String end = log.lines("disconnected").get(0);
        assertEquals(
                "NOTICE Client id [peer] disconnected: bad username or password.",
                end.replaceAll("127\\.0\\.0\\.1:\\d+", "peer"));
    }
}
