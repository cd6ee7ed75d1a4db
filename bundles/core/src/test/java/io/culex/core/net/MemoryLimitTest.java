// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.api.config.BrokerSettings;
import io.culex.api.intercept.Interceptor;
import io.culex.testkit.Connect;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.Publish;
import io.culex.testkit.WireClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code memory_limit} where messages are retained. */
class MemoryLimitTest {
    private static final BrokerSettings TEN_BYTES =
            BrokerSettings.DEFAULTS.with(new BrokerSettings.Limits(20, 0, 1000, 0, 2_000_000, 0, 10, -1, -1));

    private final Hall hall = new Hall();

    @BeforeEach
    void start() {
        hall.take(TEN_BYTES);
    }

    @AfterEach
    void stop() {
        hall.close();
    }

    private static Publish retained(String topic, String payload) {
        return Publish.to(topic, payload).retained();
    }

    private void retainsOnly(long bytes) {
        assertEquals(bytes, hall.services().router().retained().bytes());
    }

    @Test
    void nothingMoreIsRetainedAndTheClientIsTold() {
        WireClient client = hall.connect("client");
        client.publish(retained("a", "12345678"), 1);
        assertEquals(0x97, client.publish(retained("b", "123"), 1));
        retainsOnly(8);
        assertEquals(0x10, client.publish("b", "not retained", 1));
    }

    @Test
    void aMessageOfMqtt3IsNotAcknowledgedButTheConnectionEnds() {
        WireClient client = hall.connect(ProtocolVersion.V311, Connect.as("client"));
        client.publish(retained("a", "12345678"), 1);
        client.send(retained("b", "123").qos(1, 9));
        client.expectClosed();
        retainsOnly(8);
    }

    @Test
    void whatIsClearedMakesRoom() {
        WireClient client = hall.connect("client");
        client.publish(retained("a", "12345678"), 1);
        client.publish(retained("a", ""), 1);
        assertEquals(0x10, client.publish(retained("b", "12345678"), 1));
        retainsOnly(8);
    }

    @Test
    void whatTakesThePlaceOfAnotherNeedsItsOwnRoomOnly() {
        WireClient client = hall.connect("client");
        client.publish(retained("a", "12345678"), 1);
        assertEquals(0x10, client.publish(retained("a", "123456789"), 1));
        assertEquals(0x97, client.publish(retained("a", "12345678901"), 1));
        retainsOnly(9);
    }

    @Test
    void anInterceptorIsNoWayRoundIt() {
        hall.plugins.bind("filter", (Interceptor) (sender, message) -> Interceptor.Outcome.PASS);
        hall.take(TEN_BYTES, "filter");
        assertEquals(0x97, hall.connect("client").publish(retained("b", "12345678901"), 1));
        retainsOnly(0);
    }
}
