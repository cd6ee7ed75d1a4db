// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.itests.Spec;
import io.culex.itests.Wire;
import io.culex.itests.WireExtension;
import io.culex.testkit.Ack;
import io.culex.testkit.Await;
import io.culex.testkit.PacketType;
import io.culex.testkit.PropertyId;
import io.culex.testkit.Publish;
import io.culex.testkit.WireClient;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WireExtension.class)
class MessageExpiryTest {
    @Test
    @Spec({"MQTT-3.3.2-5", "MQTT-3.3.2-6"})
    void dropsWhatExpiredInTheQueueAndCountsTheRestDown(Wire wire) {
        WireClient first = wire.connect(wire.as("c").expiry(60));
        first.subscribe(wire.topic("a"), 1);
        first.disconnect();
        WireClient publisher = wire.v5("p");
        publisher.publish(Publish.to(wire.topic("a"), "short").with(PropertyId.MESSAGE_EXPIRY, 1), 1);
        publisher.publish(Publish.to(wire.topic("a"), "long").with(PropertyId.MESSAGE_EXPIRY, 100), 1);
        publisher.publish(wire.topic("a"), "for ever", 1);
        Await.pass(Duration.ofMillis(2500));
        WireClient again = wire.connect(wire.as("c").resume().expiry(60));
        long left = again.expectPublish("long")
                .properties()
                .number(PropertyId.MESSAGE_EXPIRY)
                .orElseThrow();
        assertTrue(left >= 90 && left <= 98, "left " + left);
        assertFalse(again.expectPublish("for ever").properties().has(PropertyId.MESSAGE_EXPIRY));
    }

    @Test
    @Spec("MQTT-3.3.2-6")
    void tellsTheWholeIntervalOfAFreshMessage(Wire wire) {
        WireClient client = wire.v5("c");
        client.subscribe(wire.topic("a"), 0);
        client.publish(Publish.to(wire.topic("a"), "x").with(PropertyId.MESSAGE_EXPIRY, 3600), 0);
        long left = client.expectPublish("x")
                .properties()
                .number(PropertyId.MESSAGE_EXPIRY)
                .orElseThrow();
        assertTrue(left >= 3598 && left <= 3600, "left " + left);
    }

    @Test
    @Spec({"MQTT-3.3.2-5", "MQTT-3.3.2-6"})
    void expiresRetainedMessages(Wire wire) {
        WireClient client = wire.v5("c");
        client.publish(Publish.to(wire.topic("s"), "short").retained().with(PropertyId.MESSAGE_EXPIRY, 1), 1);
        client.publish(Publish.to(wire.topic("l"), "long").retained().with(PropertyId.MESSAGE_EXPIRY, 100), 1);
        Await.pass(Duration.ofMillis(2500));
        client.subscribe(wire.topic("#"), 0);
        long left = client.expectPublish("long")
                .properties()
                .number(PropertyId.MESSAGE_EXPIRY)
                .orElseThrow();
        assertTrue(left >= 90 && left <= 98, "left " + left);
        client.expectNothing();
    }

    @Test
    @Spec({"MQTT-4.3.3-7", "MQTT-4.3.3-13"})
    void goesOnWithAnExchangeThatHasBegun(Wire wire) {
        WireClient receiver = wire.v5("r");
        receiver.subscribe(wire.topic("a"), 2);
        WireClient publisher = wire.v5("p");
        publisher.send(Publish.to(wire.topic("a"), "x").qos(2, 7).with(PropertyId.MESSAGE_EXPIRY, 1));
        publisher.expectAck(PacketType.PUBREC, 7);
        Await.pass(Duration.ofMillis(2500));
        publisher.send(Ack.pubrel(7));
        assertEquals(0, publisher.expectAck(PacketType.PUBCOMP, 7).reason());
    }

    @Test
    @Spec("MQTT-4.3.3-7")
    void doesNotExpireWhatWasSent(Wire wire) {
        WireClient first = wire.connect(wire.as("r").expiry(60));
        first.subscribe(wire.topic("a"), 2);
        WireClient publisher = wire.v5("p");
        publisher.publish(Publish.to(wire.topic("a"), "x").with(PropertyId.MESSAGE_EXPIRY, 1), 2);
        Publish sent = first.expectPublish("x");
        Await.pass(Duration.ofMillis(2500));
        first.send(Ack.pubrec(sent.id()));
        first.expectAck(PacketType.PUBREL, sent.id());
        first.send(Ack.pubcomp(sent.id()));
        first.expectNothing();
    }

    @Test
    @Spec("MQTT-3.3.2-5")
    void dropsWhatExpiredBehindAFullWindow(Wire wire) {
        wire.notMosquitto("stops there");
        WireClient receiver = wire.connect(wire.as("r").with(PropertyId.RECEIVE_MAXIMUM, 1));
        receiver.subscribe(wire.topic("a"), 1);
        WireClient publisher = wire.v5("p");
        publisher.publish(wire.topic("a"), "first", 1);
        publisher.publish(Publish.to(wire.topic("a"), "short").with(PropertyId.MESSAGE_EXPIRY, 1), 1);
        publisher.publish(wire.topic("a"), "last", 1);
        Publish first = receiver.expectPublish("first");
        Await.pass(Duration.ofMillis(2500));
        receiver.acknowledge(first);
        receiver.expectPublish("last");
        assertEquals(Optional.empty(), first.properties().number(PropertyId.MESSAGE_EXPIRY));
    }
}
