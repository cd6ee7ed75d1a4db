// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.api.auth.Access;
import io.culex.api.auth.AuthAnswer;
import io.culex.api.auth.AuthRequest;
import io.culex.api.auth.Authenticator;
import io.culex.api.auth.Authorizer;
import io.culex.api.auth.Subject;
import io.culex.api.auth.Verdict;
import io.culex.api.config.BrokerSettings;
import io.culex.testkit.Connect;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.WireClient;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Another user takes the session of a Client Identifier over. */
class SuccessorTest {
    private static final int NOT_AUTHORIZED = 0x87;

    private final Hall hall = new Hall();

    /** Alice may do everything, others nothing with what begins with {@code secret}. */
    private static final class Rules implements Authenticator, Authorizer {
        @Override
        public CompletionStage<AuthAnswer> authenticate(AuthRequest request) {
            return CompletableFuture.completedFuture(AuthAnswer.ALLOW);
        }

        @Override
        public Verdict check(Access access, Subject subject, String topic) {
            return "alice".equals(subject.username()) || !topic.startsWith("secret") ? Verdict.ALLOW : Verdict.DENY;
        }

        @Override
        public long changes() {
            return 0;
        }
    }

    @BeforeEach
    void begin() {
        hall.plugins.bind("rules", new Rules());
        hall.take(BrokerSettings.DEFAULTS, "rules");
    }

    @AfterEach
    void stop() {
        hall.close();
    }

    private WireClient as(String user, boolean clean) {
        Connect connect = Connect.as("c1").user(user).password("x").expiry(100);
        return hall.connect(ProtocolVersion.V5, clean ? connect : connect.resume());
    }

    @Test
    void isNotAllowedWhatTheOneBeforeWasAllowed() {
        WireClient alice = as("alice", true);
        alice.subscribe("secret/#", 1);
        assertEquals(0, alice.publish("secret/a", "1", 1));
        alice.expectPublish("1");
        WireClient bob = as("bob", false);
        assertEquals(NOT_AUTHORIZED, bob.publish("secret/a", "2", 1));
        WireClient other = hall.connect(
                ProtocolVersion.V5, Connect.as("other").user("alice").password("x"));
        assertEquals(0x10, other.publish("secret/b", "3", 1));
        bob.expectNothing();
    }

    @Test
    void alsoWithACleanStart() {
        WireClient alice = as("alice", true);
        assertEquals(0x10, alice.publish("secret/a", "1", 1));
        assertEquals(NOT_AUTHORIZED, as("bob", true).publish("secret/a", "2", 1));
    }
}
