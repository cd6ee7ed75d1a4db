// SPDX-License-Identifier: Apache-2.0
package io.culex.core.local;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.config.BrokerSettings;
import io.culex.api.config.GenerationRefusedException;
import io.culex.api.local.Authority;
import io.culex.api.local.LocalSession;
import io.culex.api.local.LocalSessionRequest;
import io.culex.api.local.SubscribeOptions;
import io.culex.api.message.Message;
import io.culex.api.message.QoS;
import io.culex.core.net.TestBroker;
import io.culex.core.store.MemoryStore;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Bundles may start in any order: what opens a session may be there before the broker has read its store. */
class EarlySessionsTest {
    private static final LocalSessionRequest KEPT =
            new LocalSessionRequest("local", Authority.SYSTEM, false, 1_000, 10);

    private final Receiver receiver = new Receiver();

    private CompletableFuture<LocalSession> open(TestBroker broker, LocalSessionRequest request) {
        return new LocalSessionsService(broker.broker()).open(request, receiver).toCompletableFuture();
    }

    @Test
    void aSessionThatIsKeptIsOpenedWhenTheStoreHasBeenRead() throws GenerationRefusedException, InterruptedException {
        MemoryStore store = new MemoryStore();
        try (TestBroker first = new TestBroker(2)) {
            first.seat().bindStore(store);
            first.take(BrokerSettings.DEFAULTS.with(true), List.of());
            LocalSession session = open(first, KEPT).join();
            session.subscribe("t", SubscribeOptions.of(QoS.AT_LEAST_ONCE))
                    .toCompletableFuture()
                    .join();
            session.publish(Message.of("t", "waits").withQos(QoS.AT_LEAST_ONCE))
                    .toCompletableFuture()
                    .join();
        }
        try (MemoryStore after = store.crashed();
                TestBroker second = new TestBroker(2)) {
            CompletableFuture<LocalSession> early = open(second, KEPT);
            LocalSession passing =
                    open(second, LocalSessionRequest.system("passing")).join();
            assertFalse(passing.sessionPresent());
            second.settle();
            assertFalse(early.isDone());
            second.seat().bindStore(after);
            second.take(BrokerSettings.DEFAULTS.with(true), List.of());
            LocalSession session = early.join();
            assertTrue(session.sessionPresent());
            session.request(1);
            receiver.expect("t=waits");
        } finally {
            store.close();
        }
    }
}
