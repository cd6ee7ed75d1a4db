// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.conformance;

import static io.culex.testkit.ProtocolVersion.V5;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.itests.Spec;
import io.culex.itests.Spec3;
import io.culex.itests.Wire;
import io.culex.itests.WireExtension;
import io.culex.testkit.PropertyId;
import io.culex.testkit.Suback;
import io.culex.testkit.Subscribe;
import io.culex.testkit.WireClient;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WireExtension.class)
class SubackTest {
    @Test
    @Spec({"MQTT-3.8.4-1", "MQTT-3.8.4-2", "MQTT-2.2.1-6"})
    @Spec3({"MQTT-3.8.4-1", "MQTT-3.8.4-2", "MQTT-2.3.1-7"})
    void carriesThePacketIdentifierOfSubscribe(Wire wire) {
        for (WireClient client : new WireClient[] {wire.v5("c"), wire.v311("d")}) {
            for (int id : new int[] {1, 256, 65_535}) {
                client.send(Subscribe.to(id, wire.topic("a"), 0));
                assertEquals(id, client.expect(Suback.class).id());
            }
        }
    }

    @Test
    @Spec({"MQTT-3.9.3-1", "MQTT-3.9.3-2", "MQTT-3.8.4-7"})
    @Spec3({"MQTT-3.9.3-1", "MQTT-3.9.3-2", "MQTT-3.8.4-5"})
    void answersFiltersInTheirOrder(Wire wire) {
        for (WireClient client : new WireClient[] {wire.v5("c"), wire.v311("d")}) {
            client.send(Subscribe.to(1, wire.topic("b"), 2)
                    .and(wire.topic("a"), 0)
                    .and(wire.topic("d"), 1)
                    .and(wire.topic("c"), 2));
            assertEquals(List.of(2, 0, 1, 2), client.expectSuback(1).reasons());
        }
    }

    @Test
    @Spec({"MQTT-3.9.2-1", "MQTT-3.9.2-2", "MQTT-3.1.2-24"})
    void staysWithinTheClientsMaximumPacketSize(Wire wire) {
        WireClient client = wire.connect(wire.as("c").with(PropertyId.MAXIMUM_PACKET_SIZE, 60));
        client.send(Subscribe.to(1, wire.topic("a"), 0).and(wire.topic("b"), 0));
        assertTrue(client.expectSuback(1).encode(V5).length <= 60);
    }

    @Test
    @Spec("MQTT-3.8.4-1")
    void comesForEveryPacketOfABurst(Wire wire) {
        WireClient client = wire.v5("c");
        Subscribe[] more = new Subscribe[49];
        for (int i = 0; i < more.length; i++) {
            more[i] = Subscribe.to(i + 2, wire.topic("f" + i), i % 3);
        }
        client.send(Subscribe.to(1, wire.topic("a"), 0), more);
        for (int id = 1; id <= 50; id++) {
            assertEquals(id, client.expect(Suback.class).id());
        }
    }
}
