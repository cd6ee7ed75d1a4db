// SPDX-License-Identifier: Apache-2.0
package io.culex.core.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.api.config.BrokerSettings;
import io.culex.api.config.GenerationRefusedException;
import io.culex.api.local.Authority;
import io.culex.api.local.LocalSession;
import io.culex.api.local.LocalSessionRequest;
import io.culex.api.local.RelaySession;
import io.culex.api.local.SubscribeOptions;
import io.culex.api.message.Message;
import io.culex.api.message.QoS;
import io.culex.core.loop.Counter;
import io.culex.core.net.TestBroker;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code memory_limit} and the counters where messages come from inside this JVM. */
class LocalMemoryTest {
    private static final BrokerSettings TEN_BYTES =
            BrokerSettings.DEFAULTS.with(new BrokerSettings.Limits(20, 0, 1000, 0, 2_000_000, 0, 10, -1, -1));

    private final TestBroker broker = new TestBroker(2);
    private final LocalSessionsService service = new LocalSessionsService(broker.broker());
    private final Receiver receiver = new Receiver();

    @BeforeEach
    void start() throws GenerationRefusedException {
        broker.take(TEN_BYTES, List.of());
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private static Message retained(String topic, String payload) {
        return Message.of(topic, payload).withRetain(true);
    }

    private void retainsOnly(long bytes) {
        assertEquals(bytes, broker.broker().services().router().retained().bytes());
    }

    private long count(Counter counter) {
        return broker.broker().services().loops().sum(counter);
    }

    private static LocalSessionRequest bridge() {
        return new LocalSessionRequest("bridge", new Authority.Bridge("b"), true, 0, 100);
    }

    @Test
    void aMessageBeyondTheLimitIsPublishedAndNotRetained() throws InterruptedException {
        LocalSession session = join(service.open(LocalSessionRequest.system("local"), receiver));
        join(session.subscribe("#", SubscribeOptions.of(QoS.AT_LEAST_ONCE)));
        session.request(100);
        join(session.publish(retained("a", "123456789")));
        receiver.expect("a=123456789");
        join(session.publish(retained("b", "12")));
        receiver.expect("b=12");
        retainsOnly(9);
        join(service.publish(retained("c", "12")));
        receiver.expect("c=12");
        retainsOnly(9);
        assertEquals(2, count(Counter.PUBLISH_DROPPED));
    }

    @Test
    void whatABridgeBringsBeyondTheLimitIsNotRetained() {
        RelaySession bridge = join(service.openRelay(bridge(), new Relay()));
        join(bridge.publish(retained("a", "123456789"), 0));
        join(bridge.publish(retained("b", "12"), 0));
        join(bridge.publish(retained("c", "12"), 7));
        retainsOnly(9);
    }

    @Test
    void whatTheBrokerSaysOfItselfIsRetainedAllTheSame() {
        join(service.publish(retained("$SYS/broker/version", "twelve bytes")));
        retainsOnly(12);
    }

    @Test
    void aBridgeIsAClientThatIsConnected() {
        join(service.open(LocalSessionRequest.system("local"), receiver));
        assertEquals(0, count(Counter.CLIENTS_CONNECTED));
        RelaySession first = join(service.openRelay(bridge(), new Relay()));
        assertEquals(1, count(Counter.CLIENTS_CONNECTED));
        RelaySession second = join(service.openRelay(bridge(), new Relay()));
        assertEquals(1, count(Counter.CLIENTS_CONNECTED));
        first.close();
        join(second.publish(Message.of("t", "x")));
        assertEquals(1, count(Counter.CLIENTS_CONNECTED));
        second.close();
        join(second.publish(Message.of("t", "x")));
        assertEquals(0, count(Counter.CLIENTS_CONNECTED));
    }
}
