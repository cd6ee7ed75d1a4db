// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.conformance;

import static io.culex.itests.RawConnect.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.itests.Refusals;
import io.culex.itests.Spec;
import io.culex.itests.Spec3;
import io.culex.itests.Wire;
import io.culex.itests.WireExtension;
import io.culex.testkit.PacketType;
import io.culex.testkit.Ping;
import io.culex.testkit.WireClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WireExtension.class)
class PingTest {
    @Test
    @Spec("MQTT-3.12.4-1")
    @Spec3("MQTT-3.12.4-1")
    void isAnswered(Wire wire) {
        for (WireClient client : new WireClient[] {wire.v5("c"), wire.v311("d")}) {
            client.send(new Ping(PacketType.PINGREQ), new Ping(PacketType.PINGREQ));
            assertEquals(PacketType.PINGRESP, client.receive().type());
            assertEquals(PacketType.PINGRESP, client.receive().type());
            client.expectNothing();
        }
    }

    @Test
    @Spec("MQTT-2.1.3-1")
    @Spec3("MQTT-2.2.2-2")
    void withFlagsOrBodyIsMalformed(Wire wire) {
        for (byte[] packet : new byte[][] {bytes(0xC1, 0), bytes(0xC8, 0), bytes(0xC0, 1, 0)}) {
            Refusals.of(wire, packet);
            Refusals.ofVersion3(wire, packet);
        }
    }

    @Test
    @Spec("MQTT-4.13.1-1")
    @Spec3("MQTT-4.8.0-1")
    void packetsOnlyAServerSendsAreRefused(Wire wire) {
        byte[][] packets = {
            bytes(0xD0, 0), bytes(0x20, 2, 0, 0), bytes(0x90, 3, 0, 1, 0), bytes(0xB0, 2, 0, 1), bytes(0x00, 0)
        };
        for (byte[] packet : packets) {
            Refusals.of(wire, packet);
            Refusals.ofVersion3(wire, packet);
        }
    }
}
