// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import io.culex.api.config.BrokerSettings;
import io.culex.core.admin.BrokerAdminService;
import io.culex.core.loop.Counter;
import io.culex.testkit.Await;
import io.culex.testkit.Connect;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.WireClient;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A clean stop does not wait for those who have not logged in. */
class StopTest {
    /** Less than the time that a stop takes for who does not go. */
    private static final int SOON_SECONDS = 8;

    private final Hall hall = new Hall();

    @AfterEach
    void close() {
        hall.close();
    }

    private void expectToBeSentAway(WireClient client) throws Exception {
        Await.until("to be known", () -> hall.services().loops().sum(Counter.SOCKETS) == 1);
        new BrokerAdminService(hall.broker.broker(), hall.broker.doors())
                .stop()
                .toCompletableFuture()
                .get(SOON_SECONDS, TimeUnit.SECONDS);
        client.expectClosed();
    }

    @Test
    void whoHasSaidNothingIsSentAway() throws Exception {
        expectToBeSentAway(hall.open(ProtocolVersion.V5));
    }

    @Test
    void whoWaitsForAPluginIsSentAway() throws Exception {
        hall.take(BrokerSettings.DEFAULTS, "missing");
        WireClient client = hall.open(ProtocolVersion.V5);
        client.send(Connect.as("waits"));
        expectToBeSentAway(client);
    }
}
