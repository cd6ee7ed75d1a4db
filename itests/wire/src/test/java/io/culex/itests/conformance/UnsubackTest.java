// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.conformance;

import static io.culex.testkit.ProtocolVersion.V5;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.itests.Spec;
import io.culex.itests.Spec3;
import io.culex.itests.Wire;
import io.culex.itests.WireExtension;
import io.culex.testkit.PacketType;
import io.culex.testkit.PropertyId;
import io.culex.testkit.Suback;
import io.culex.testkit.Unsubscribe;
import io.culex.testkit.WireClient;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WireExtension.class)
class UnsubackTest {
    @Test
    @Spec({"MQTT-3.10.4-4", "MQTT-3.10.4-5", "MQTT-2.2.1-6"})
    @Spec3({"MQTT-3.10.4-4", "MQTT-3.10.4-5", "MQTT-2.3.1-7"})
    void carriesThePacketIdentifierEvenWhenNothingWasSubscribed(Wire wire) {
        for (WireClient client : new WireClient[] {wire.v5("c"), wire.v311("d")}) {
            for (int id : new int[] {1, 256, 65_535}) {
                client.send(Unsubscribe.from(id, wire.topic("a")));
                Suback unsuback = client.expectSuback(id);
                assertEquals(PacketType.UNSUBACK, unsuback.type());
            }
        }
    }

    @Test
    @Spec({"MQTT-3.11.3-1", "MQTT-3.11.3-2", "MQTT-3.10.4-6"})
    void answersFiltersInTheirOrder(Wire wire) {
        WireClient client = wire.v5("c");
        client.subscribe(wire.topic("a"), 0);
        client.subscribe(wire.topic("c"), 0);
        Suback unsuback = client.unsubscribe(wire.topic("a"), wire.topic("b"), wire.topic("c"));
        assertEquals(List.of(0, 0x11, 0), unsuback.reasons());
        assertEquals(List.of(0x11), client.unsubscribe(wire.topic("a")).reasons());
    }

    @Test
    @Spec({"MQTT-3.11.2-1", "MQTT-3.11.2-2", "MQTT-3.1.2-24"})
    void staysWithinTheClientsMaximumPacketSize(Wire wire) {
        WireClient client = wire.connect(wire.as("c").with(PropertyId.MAXIMUM_PACKET_SIZE, 60));
        assertTrue(client.unsubscribe(wire.topic("a")).encode(V5).length <= 60);
    }
}
