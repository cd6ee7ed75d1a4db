// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import static org.junit.jupiter.api.Assertions.assertSame;

import io.culex.api.auth.AuthAnswer;
import io.culex.api.auth.AuthRequest;
import io.culex.api.auth.Authenticator;
import io.culex.api.config.BrokerSettings;
import io.culex.testkit.Await;
import io.culex.testkit.Connect;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.Publish;
import io.culex.testkit.WireClient;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client that comes back on another loop. */
class OvertakingTest {
    private final Hall hall = new Hall();
    private final CountDownLatch isBack = new CountDownLatch(2);

    @AfterEach
    void stop() {
        hall.close();
    }

    /** Keeps the loop busy from the client's second CONNECT until its session is gone. */
    private final class Doorkeeper implements Authenticator {
        @Override
        public CompletionStage<AuthAnswer> authenticate(AuthRequest request) {
            if (request.clientId().equals("x")) {
                isBack.countDown();
                if (isBack.getCount() == 0) {
                    Await.until(
                            "the session to end",
                            () -> hall.services().directory().find("x") == null);
                }
            }
            return CompletableFuture.completedFuture(AuthAnswer.ALLOW);
        }
    }

    @Test
    void doesNotOvertakeWhatItPublishedOnTheOneBefore() throws InterruptedException {
        hall.plugins.bind("door", new Doorkeeper());
        hall.take(BrokerSettings.DEFAULTS, "door");
        // Loops take connections in turns.
        WireClient subscriber = hall.connect("subscriber");
        subscriber.subscribe("t", 0);
        WireClient before = hall.connect(ProtocolVersion.V311, Connect.as("x"));
        WireClient after = hall.open(ProtocolVersion.V311);
        after.send(Connect.as("x"), Publish.to("t", "second"));
        isBack.await();
        before.send(Publish.to("t", "first"));
        before.disconnect();
        subscriber.expectPublish("first");
        subscriber.expectPublish("second");
        assertSame(hall.session("subscriber").home(), hall.session("x").home());
    }
}
