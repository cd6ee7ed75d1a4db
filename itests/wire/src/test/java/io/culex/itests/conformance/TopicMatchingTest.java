// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.itests.Spec;
import io.culex.itests.Spec3;
import io.culex.itests.Wire;
import io.culex.itests.WireExtension;
import io.culex.testkit.WireClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(WireExtension.class)
class TopicMatchingTest {
    @ParameterizedTest
    @CsvSource({
        "a/b/c, a/b/c, true",
        "a/b/c, a/b, false",
        "a/b, a/b/c, false",
        "a/#, a, true",
        "a/#, a/, true",
        "a/#, a/b/c/d, true",
        "a/#, ab, false",
        "a/+, a/b, true",
        "a/+, a/, true",
        "a/+, a, false",
        "a/+, a/b/c, false",
        "a/+/c, a/b/c, true",
        "a/+/c, a//c, true",
        "a/+/c, a/b/d, false",
        "+, x, true",
        "+, x/, false",
        "+/+, /x, true",
        "/+, /x, true",
        "a/+/#, a/b, true",
        "a/+/#, a, false",
        "a//b, a//b, true",
        "a//b, a/b, false",
        "/a, a, false",
        "a/, a, false",
        "a b, a b, true",
        "a, A, false",
        "+/b/#, a/b, true"
    })
    @Spec({"MQTT-4.7.1-1", "MQTT-4.7.1-2", "MQTT-4.7.3-4", "MQTT-3.3.2-3"})
    @Spec3({"MQTT-4.7.1-2", "MQTT-4.7.1-3", "MQTT-4.7.3-4"})
    void matchesByLevel(String filter, String topic, boolean matches, Wire wire) {
        WireClient client = wire.v5("c");
        client.subscribe(wire.topic(filter), 0);
        client.subscribe(wire.topic("sentinel-of-this-test"), 0);
        client.publish(wire.topic(topic), "x", 0);
        client.publish(wire.topic("sentinel-of-this-test"), "end", 0);
        boolean got = client.expectPublish().text().equals("x");
        if (filter.equals("+") && topic.equals("x")) {
            client.expectPublish("end");
        }
        assertEquals(matches, got);
    }

    @Test
    @Spec("MQTT-4.7.2-1")
    @Spec3("MQTT-4.7.2-1")
    void hidesDollarTopicsFromLeadingWildcards(Wire wire) {
        String hidden = "$" + wire.topic("a");
        WireClient client = wire.v5("c");
        client.subscribe("#", 0);
        client.subscribe("+/a", 0);
        WireClient knowing = wire.v5("k");
        knowing.subscribe("$" + wire.topic("#"), 0);
        knowing.publish(hidden, "x", 1);
        knowing.expectPublish("x");
        knowing.publish(wire.topic("end"), "sentinel", 1);
        String text = "";
        while (!text.equals("sentinel")) {
            var publish = client.expectPublish();
            text = publish.topic().equals(wire.topic("end")) ? publish.text() : "";
            assertEquals(false, publish.topic().equals(hidden));
        }
    }

    @Test
    @Spec("MQTT-4.7.3-4")
    @Spec3("MQTT-4.7.3-4")
    void normalizesNothing(Wire wire) {
        WireClient client = wire.v5("c");
        client.subscribe(wire.topic("\u00E9"), 0);
        client.publish(wire.topic("e\u0301"), "decomposed", 0);
        client.publish(wire.topic("E"), "upper case", 0);
        client.publish(wire.topic("\u00E9"), "composed", 0);
        client.expectPublish("composed");
    }

    @Test
    @Spec("MQTT-4.7.3-3")
    @Spec3("MQTT-4.7.3-3")
    void takesLongTopics(Wire wire) {
        WireClient client = wire.v5("c");
        String topic = wire.topic("x".repeat(65_000));
        client.subscribe(topic, 0);
        client.publish(topic, "long", 0);
        assertEquals(topic, client.expectPublish("long").topic());
    }
}
