// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.conformance;

import static io.culex.itests.RawConnect.bytes;

import io.culex.itests.Refusals;
import io.culex.itests.Spec;
import io.culex.itests.Spec3;
import io.culex.itests.Wire;
import io.culex.itests.WireExtension;
import io.culex.testkit.Ack;
import io.culex.testkit.PacketType;
import io.culex.testkit.PropertyId;
import io.culex.testkit.Publish;
import io.culex.testkit.WireClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WireExtension.class)
class PubcompTest {
    @Test
    @Spec("MQTT-4.3.3-12")
    @Spec3("MQTT-4.3.3-2")
    void makesTheIdentifierFreeForANewMessage(Wire wire) {
        WireClient client = wire.v5("c");
        client.subscribe(wire.topic("a"), 0);
        for (String text : new String[] {"one", "two"}) {
            client.send(Publish.to(wire.topic("a"), text).qos(2, 9));
            client.expectAck(PacketType.PUBREC, 9);
            client.send(Ack.pubrel(9));
            client.expectAck(PacketType.PUBCOMP, 9);
            client.expectPublish(text);
        }
    }

    @Test
    @Spec({"MQTT-4.3.3-5", "MQTT-4.9.0-2"})
    void endsTheExchangeAndGivesTheQuotaBack(Wire wire) {
        WireClient receiver = wire.connect(wire.as("r").with(PropertyId.RECEIVE_MAXIMUM, 1));
        receiver.subscribe(wire.topic("a"), 2);
        WireClient publisher = wire.v5("p");
        publisher.publish(wire.topic("a"), "1", 2);
        publisher.publish(wire.topic("a"), "2", 2);
        receiver.acknowledge(receiver.expectPublish("1"));
        receiver.acknowledge(receiver.expectPublish("2"));
        receiver.expectNothing();
    }

    @Test
    @Spec({"MQTT-3.7.2-1", "MQTT-2.1.3-1"})
    void refusesAMalformedPubcomp(Wire wire) {
        Refusals.of(wire, bytes(0x72, 2, 0, 1));
        Refusals.of(wire, bytes(0x70, 0));
        Refusals.of(wire, bytes(0x70, 3, 0, 1, 0x80));
        Refusals.ofVersion3(wire, bytes(0x71, 2, 0, 1));
    }
}
