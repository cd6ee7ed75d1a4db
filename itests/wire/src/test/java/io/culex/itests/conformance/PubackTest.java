// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.conformance;

import static io.culex.itests.RawConnect.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.culex.itests.Refusals;
import io.culex.itests.Spec;
import io.culex.itests.Spec3;
import io.culex.itests.Wire;
import io.culex.itests.WireExtension;
import io.culex.testkit.Ack;
import io.culex.testkit.PacketType;
import io.culex.testkit.PropertyList;
import io.culex.testkit.Publish;
import io.culex.testkit.WireClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WireExtension.class)
class PubackTest {
    @Test
    @Spec({"MQTT-4.3.2-4", "MQTT-2.2.1-5", "MQTT-3.4.2-1"})
    @Spec3({"MQTT-4.3.2-2", "MQTT-2.3.1-6"})
    void carriesThePacketIdentifierOfThePublish(Wire wire) {
        for (WireClient client : new WireClient[] {wire.v5("c"), wire.v311("d")}) {
            for (int id : new int[] {1, 255, 256, 65_535}) {
                client.send(Publish.to(wire.topic("a"), "x").qos(1, id));
                client.expectAck(PacketType.PUBACK, id);
            }
        }
    }

    @Test
    @Spec("MQTT-4.6.0-2")
    void acknowledgesInTheOrderOfThePublishes(Wire wire) {
        WireClient client = wire.v5("c");
        Publish[] many = new Publish[99];
        for (int i = 0; i < many.length; i++) {
            many[i] = Publish.to(wire.topic("a"), "x").qos(1, i + 2);
        }
        client.send(Publish.to(wire.topic("a"), "x").qos(1, 1), many);
        for (int id = 1; id <= 100; id++) {
            assertEquals(id, client.expect(Ack.class).id());
        }
    }

    @Test
    @Spec("MQTT-4.3.2-5")
    @Spec3("MQTT-4.3.2-2")
    void takesTheSameIdentifierAfterPubackAsANewMessage(Wire wire) {
        WireClient client = wire.v5("c");
        client.subscribe(wire.topic("a"), 0);
        for (String text : new String[] {"one", "two"}) {
            client.send(Publish.to(wire.topic("a"), text).qos(1, 9).duplicate());
            client.expectAck(PacketType.PUBACK, 9);
            client.expectPublish(text);
        }
    }

    @Test
    @Spec({"MQTT-2.2.1-4", "MQTT-4.3.2-1", "MQTT-4.3.2-2", "MQTT-4.3.2-3"})
    @Spec3({"MQTT-2.3.1-4", "MQTT-4.3.2-1"})
    void givesEveryUnacknowledgedMessageAnIdentifierOfItsOwn(Wire wire) {
        WireClient receiver = wire.v5("r");
        receiver.subscribe(wire.topic("a"), 1);
        WireClient publisher = wire.v5("p");
        publisher.publish(wire.topic("a"), "1", 1);
        publisher.publish(wire.topic("a"), "2", 1);
        Publish first = receiver.expectPublish("1");
        Publish second = receiver.expectPublish("2");
        assertNotEquals(first.id(), second.id());
        assertFalse(first.dup() || second.dup());
        receiver.acknowledge(second);
        receiver.acknowledge(first);
        receiver.expectNothing();
    }

    @Test
    @Spec("MQTT-4.4.0-2")
    void doesNotSendAgainWhatWasAnsweredWithAnError(Wire wire) {
        WireClient receiver = wire.connect(wire.as("r").expiry(60));
        receiver.subscribe(wire.topic("a"), 1);
        WireClient publisher = wire.v5("p");
        publisher.publish(wire.topic("a"), "1", 1);
        receiver.send(Ack.puback(receiver.expectPublish("1").id()).withReason(0x80));
        receiver.expectNothing();
        receiver.close();
        WireClient again = wire.connect(wire.as("r").resume().expiry(60));
        publisher.publish(wire.topic("a"), "2", 1);
        again.expectPublish("2");
    }

    @Test
    @Spec("MQTT-4.3.2-3")
    void takesEveryLengthOfPuback(Wire wire) {
        WireClient receiver = wire.v5("r");
        receiver.subscribe(wire.topic("a"), 1);
        for (int form = 0; form < 4; form++) {
            receiver.publish(wire.topic("a"), "x" + form, 1);
            int id = receiver.expectPublish("x" + form).id();
            switch (form) {
                case 0 -> receiver.sendRaw(0x40, 2, id >> 8, id);
                case 1 -> receiver.sendRaw(0x40, 3, id >> 8, id, 0);
                case 2 -> receiver.sendRaw(0x40, 4, id >> 8, id, 0, 0);
                default -> receiver.send(Ack.puback(id).with(PropertyList.NONE.withUser("k", "v")));
            }
        }
        receiver.expectNothing();
    }

    @Test
    @Spec({"MQTT-3.4.2-1", "MQTT-2.1.3-1"})
    @Spec3("MQTT-2.2.2-2")
    void refusesAMalformedPuback(Wire wire) {
        Refusals.of(wire, bytes(0x42, 2, 0, 1));
        Refusals.of(wire, bytes(0x40, 1, 0));
        Refusals.of(wire, bytes(0x40, 2, 0, 0));
        Refusals.of(wire, bytes(0x40, 3, 0, 1, 0x01));
        Refusals.of(wire, bytes(0x40, 5, 0, 1, 0, 0, 0));
        Refusals.ofVersion3(wire, bytes(0x41, 2, 0, 1));
        Refusals.ofVersion3(wire, bytes(0x40, 3, 0, 1, 0));
    }
}
