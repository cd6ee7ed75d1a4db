// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.conformance;

import static io.culex.itests.RawConnect.bytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.itests.Spec;
import io.culex.itests.Wire;
import io.culex.itests.WireExtension;
import io.culex.testkit.PropertyId;
import io.culex.testkit.Publish;
import io.culex.testkit.WireClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WireExtension.class)
class RequestResponseTest {
    @Test
    @Spec({"MQTT-3.3.2-15", "MQTT-3.3.2-16"})
    void carriesARequestAndItsAnswer(Wire wire) {
        WireClient requester = wire.v5("q");
        WireClient responder = wire.v5("r");
        requester.subscribe(wire.topic("answer"), 1);
        responder.subscribe(wire.topic("question"), 1);
        requester.publish(
                Publish.to(wire.topic("question"), "6 x 7?")
                        .with(PropertyId.RESPONSE_TOPIC, wire.topic("answer"))
                        .with(PropertyId.CORRELATION_DATA, bytes(1, 2, 3)),
                1);
        Publish question = responder.acknowledge(responder.expectPublish("6 x 7?"));
        String topic = question.properties().string(PropertyId.RESPONSE_TOPIC).orElseThrow();
        byte[] correlation =
                question.properties().binary(PropertyId.CORRELATION_DATA).orElseThrow();
        responder.publish(Publish.to(topic, "42").with(PropertyId.CORRELATION_DATA, correlation), 1);
        Publish answer = requester.expectPublish("42");
        assertArrayEquals(
                bytes(1, 2, 3),
                answer.properties().binary(PropertyId.CORRELATION_DATA).orElseThrow());
    }

    @Test
    @Spec("MQTT-3.3.2-16")
    void carriesEmptyAndLongCorrelationData(Wire wire) {
        WireClient client = wire.v5("c");
        client.subscribe(wire.topic("a"), 0);
        for (int length : new int[] {0, 1, 65_535}) {
            byte[] data = new byte[length];
            client.publish(Publish.to(wire.topic("a"), "x").with(PropertyId.CORRELATION_DATA, data), 0);
            assertEquals(
                    length,
                    client.expectPublish("x")
                            .properties()
                            .binary(PropertyId.CORRELATION_DATA)
                            .orElseThrow()
                            .length);
        }
    }
}
