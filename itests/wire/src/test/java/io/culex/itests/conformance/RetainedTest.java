// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.itests.Spec;
import io.culex.itests.Spec3;
import io.culex.itests.Wire;
import io.culex.itests.WireExtension;
import io.culex.testkit.PropertyId;
import io.culex.testkit.Publish;
import io.culex.testkit.Subscribe;
import io.culex.testkit.WireClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WireExtension.class)
class RetainedTest {
    @Test
    @Spec({"MQTT-3.3.1-5", "MQTT-3.3.1-9"})
    @Spec3({"MQTT-3.3.1-5", "MQTT-3.3.1-6", "MQTT-3.3.1-8"})
    void keepsTheLastMessageOfATopic(Wire wire) {
        WireClient client = wire.v5("c");
        for (int qos = 0; qos <= 2; qos++) {
            client.publish(Publish.to(wire.topic("a"), "old" + qos).retained(), qos);
            client.publish(Publish.to(wire.topic("a"), "new" + qos).retained(), qos);
            client.expectNothing();
            WireClient late = wire.v5("late" + qos);
            late.subscribe(wire.topic("a"), 2);
            Publish kept = late.acknowledge(late.expectPublish("new" + qos));
            assertTrue(kept.retain());
            assertEquals(qos, kept.qos());
            late.expectNothing();
        }
    }

    @Test
    @Spec("MQTT-3.3.1-5")
    @Spec3("MQTT-3.3.1-5")
    void deliversKeptMessagesWithTheLowerOfBothQos(Wire wire) {
        WireClient client = wire.v5("c");
        client.publish(Publish.to(wire.topic("a"), "kept").retained(), 2);
        client.subscribe(wire.topic("a"), 1);
        assertEquals(1, client.expectPublish("kept").qos());
    }

    @Test
    @Spec({"MQTT-3.3.1-6", "MQTT-3.3.1-7"})
    @Spec3({"MQTT-3.3.1-10", "MQTT-3.3.1-11"})
    void forgetsTheMessageAfterAnEmptyOne(Wire wire) {
        WireClient client = wire.v5("c");
        client.subscribe(wire.topic("a"), 0);
        client.publish(Publish.to(wire.topic("a"), "kept").retained(), 1);
        client.expectPublish("kept");
        client.publish(Publish.to(wire.topic("a"), "").retained(), 1);
        assertFalse(client.expectPublish("").retain());
        WireClient late = wire.v5("late");
        late.subscribe(wire.topic("#"), 0);
        late.expectNothing();
    }

    @Test
    @Spec("MQTT-3.3.1-8")
    @Spec3("MQTT-3.3.1-12")
    void leavesKeptMessagesAloneWithoutTheFlag(Wire wire) {
        WireClient client = wire.v5("c");
        client.publish(Publish.to(wire.topic("a"), "kept").retained(), 1);
        client.publish(wire.topic("a"), "passing", 1);
        client.publish(wire.topic("a"), "", 1);
        client.publish(wire.topic("b"), "passing", 1);
        client.subscribe(wire.topic("#"), 0);
        client.expectPublish("kept");
        client.expectNothing();
    }

    @Test
    @Spec("MQTT-3.3.1-9")
    void sendsAllThatMatchAWildcard(Wire wire) {
        WireClient client = wire.v5("c");
        List<String> kept = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            client.publish(
                    Publish.to(wire.topic("many/" + i % 5 + "/" + i), "m" + i).retained(), 0);
            kept.add("m" + i);
        }
        client.subscribe(wire.topic("many/+/#"), 0);
        List<String> got = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            got.add(client.expectPublish().text());
        }
        assertEquals(kept.stream().sorted().toList(), got.stream().sorted().toList());
        client.expectNothing();
    }

    @Test
    @Spec("MQTT-3.3.1-10")
    void sendsToNewSubscriptionsAloneWithHandling1(Wire wire) {
        WireClient client = wire.v5("c");
        client.publish(Publish.to(wire.topic("a"), "kept").retained(), 1);
        client.subscribe(wire.topic("a"), Subscribe.RETAIN_IF_NEW);
        client.expectPublish("kept");
        client.subscribe(wire.topic("a"), Subscribe.RETAIN_IF_NEW | 1);
        client.expectNothing();
        client.unsubscribe(wire.topic("a"));
        client.subscribe(wire.topic("a"), Subscribe.RETAIN_IF_NEW);
        client.expectPublish("kept");
    }

    @Test
    @Spec("MQTT-3.3.1-11")
    void sendsNothingWithHandling2(Wire wire) {
        WireClient client = wire.v5("c");
        client.publish(Publish.to(wire.topic("a"), "kept").retained(), 1);
        client.subscribe(wire.topic("a"), Subscribe.RETAIN_NEVER);
        client.expectNothing();
        client.publish(wire.topic("a"), "live", 0);
        client.expectPublish("live");
    }

    @Test
    @Spec("MQTT-3.3.1-12")
    @Spec3("MQTT-3.3.1-9")
    void clearsTheFlagOfLiveMessages(Wire wire) {
        WireClient client = wire.v5("c");
        client.subscribe(wire.topic("a"), 0);
        client.publish(Publish.to(wire.topic("a"), "x").retained(), 1);
        assertFalse(client.expectPublish("x").retain());
        WireClient old = wire.v311("old");
        old.subscribe(wire.topic("b"), 0);
        old.publish(Publish.to(wire.topic("b"), "y").retained(), 1);
        assertFalse(old.expectPublish("y").retain());
    }

    @Test
    @Spec("MQTT-3.3.1-13")
    void keepsTheFlagWithRetainAsPublished(Wire wire) {
        WireClient client = wire.v5("c");
        client.subscribe(wire.topic("a"), Subscribe.RETAIN_AS_PUBLISHED);
        client.publish(Publish.to(wire.topic("a"), "x").retained(), 1);
        assertTrue(client.expectPublish("x").retain());
        client.publish(wire.topic("a"), "y", 1);
        assertFalse(client.expectPublish("y").retain());
    }

    @Test
    @Spec({"MQTT-3.3.2-17", "MQTT-3.3.2-20"})
    void keepsThePropertiesOfTheMessage(Wire wire) {
        WireClient client = wire.v5("c");
        Publish publish = Publish.to(wire.topic("a"), "x")
                .retained()
                .with(PropertyId.CONTENT_TYPE, "t")
                .with(PropertyId.USER_PROPERTY, Map.entry("k", "v"));
        client.publish(publish, 1);
        client.subscribe(wire.topic("a"), 0);
        Publish kept = client.expectPublish("x");
        assertEquals(Optional.of("t"), kept.properties().string(PropertyId.CONTENT_TYPE));
        assertEquals(List.of("k=v"), kept.properties().user());
    }

    @Test
    @Spec("MQTT-3.3.1-9")
    void doesNotSendKeptMessagesAgainToAResumedSession(Wire wire) {
        WireClient first = wire.connect(wire.as("c").expiry(60));
        first.publish(Publish.to(wire.topic("a"), "kept").retained(), 1);
        first.subscribe(wire.topic("a"), 1);
        first.acknowledge(first.expectPublish("kept"));
        first.expectNothing();
        first.disconnect();
        wire.connect(wire.as("c").resume().expiry(60)).expectNothing();
    }
}
