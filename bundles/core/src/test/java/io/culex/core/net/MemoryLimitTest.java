// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.config.BrokerSettings;
import io.culex.api.intercept.Interceptor;
import io.culex.core.loop.Counter;
import io.culex.testkit.Await;
import io.culex.testkit.Connect;
import io.culex.testkit.PropertyId;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.Publish;
import io.culex.testkit.Will;
import io.culex.testkit.WireClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code memory_limit} where messages are retained or in flight. */
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

    private static BrokerSettings limit(int bytes) {
        return BrokerSettings.DEFAULTS.with(new BrokerSettings.Limits(0, 0, 1000, 0, 2_000_000, 0, bytes, -1, -1));
    }

    private WireClient receivesAll(String id) {
        WireClient client = hall.connect(ProtocolVersion.V5, Connect.as(id).with(PropertyId.RECEIVE_MAXIMUM, 0xFFFF));
        client.subscribe("t", 1);
        return client;
    }

    @Test
    void whatIsInFlightCounts() {
        hall.take(limit(21 << 10));
        WireClient lazy = receivesAll("lazy");
        WireClient publisher = hall.connect("publisher");
        String large = "x".repeat(8 << 10);
        Publish last = Publish.to("t", "");
        for (int i = 0; i < 3; i++) {
            publisher.publish("t", i + large, 1);
            last = lazy.expectPublish(i + large);
        }
        for (int i = 3; i < 6; i++) {
            publisher.publish("t", i + large, 1);
        }
        assertEquals(0x97, publisher.publish(retained("r", large), 1));
        lazy.expectNothing();
        lazy.acknowledge(last);
        lazy.expectNothing();
        publisher.publish("t", "again" + large, 1);
        lazy.expectPublish("again" + large);
        lazy.close();
        hall.awaitSessions(1);
        assertEquals(0x10, publisher.publish(retained("r", large), 1));
    }

    @Test
    void whoAcknowledgesInTimeDoesNotSufferForWhoDoesNot() {
        hall.take(limit(20 << 10));
        receivesAll("lazy");
        WireClient publisher = hall.connect("publisher");
        for (int i = 0; i < 9; i++) {
            publisher.publish("t", "x".repeat(8 << 10), 1);
        }
        WireClient other = receivesAll("other");
        for (int i = 0; i < 9; i++) {
            publisher.publish("t", i + "y".repeat(2_000), 1);
            other.acknowledge(other.expectPublish(i + "y".repeat(2_000)));
        }
        assertEquals(0x97, publisher.publish(retained("r", "x".repeat(8 << 10)), 1));
    }

    @Test
    void aWillBeyondTheLimitIsPublishedAndNotRetained() {
        WireClient watcher = hall.connect("watcher");
        watcher.subscribe("will/#", 0);
        hall.connect(
                        ProtocolVersion.V5,
                        Connect.as("first")
                                .will(Will.to("will/a", "123456789", 0).retained()))
                .close();
        watcher.expectPublish("123456789");
        retainsOnly(9);
        hall.connect(
                        ProtocolVersion.V5,
                        Connect.as("second").will(Will.to("will/b", "12", 0).retained()))
                .close();
        watcher.expectPublish("12");
        retainsOnly(9);
    }

    @Test
    void whatWaitsBeforeSocketsHasToFitToo() {
        hall.take(limit(3_000_000));
        String large = "x".repeat(1_000_000);
        for (int i = 0; i < 4; i++) {
            hall.connect("deaf" + i).subscribe("t", 0);
        }
        WireClient publisher = hall.connect("publisher");
        for (int i = 0; i < 20; i++) {
            publisher.send(Publish.to("t", large));
        }
        publisher.expectNothing();
        hall.broker.settle();
        Await.until("some to be dropped", () -> hall.services().loops().sum(Counter.PUBLISH_DROPPED) > 0);
        long waiting = hall.services().loops().sum(Counter.OUT_PACKET_BYTES);
        assertTrue(waiting < 12_000_000, waiting + " bytes wait");
    }
}
