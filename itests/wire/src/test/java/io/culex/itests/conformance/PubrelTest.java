// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.conformance;

import static io.culex.itests.RawConnect.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.itests.Refusals;
import io.culex.itests.Spec;
import io.culex.itests.Spec3;
import io.culex.itests.Wire;
import io.culex.itests.WireExtension;
import io.culex.testkit.Ack;
import io.culex.testkit.PacketType;
import io.culex.testkit.Publish;
import io.culex.testkit.WireClient;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WireExtension.class)
class PubrelTest {
    @Test
    @Spec({"MQTT-4.3.3-11", "MQTT-2.2.1-5", "MQTT-3.7.2-1"})
    @Spec3({"MQTT-4.3.3-2", "MQTT-2.3.1-6"})
    void isAnsweredWithPubcompOfTheSameIdentifier(Wire wire) {
        for (WireClient client : new WireClient[] {wire.v5("c"), wire.v311("d")}) {
            client.send(Publish.to(wire.topic("a"), "x").qos(2, 300));
            client.expectAck(PacketType.PUBREC, 300);
            client.send(Ack.pubrel(300));
            assertEquals(0, client.expectAck(PacketType.PUBCOMP, 300).reason());
        }
    }

    @Test
    @Spec({"MQTT-4.3.3-11", "MQTT-3.7.2-1"})
    void ofAnUnknownIdentifierIsAnsweredToo(Wire wire) {
        WireClient client = wire.v5("c");
        client.send(Ack.pubrel(77));
        assertTrue(Set.of(0, 0x92)
                .contains(client.expectAck(PacketType.PUBCOMP, 77).reason()));
        WireClient old = wire.v311("d");
        old.send(Ack.pubrel(77));
        old.expectAck(PacketType.PUBCOMP, 77);
    }

    @Test
    @Spec("MQTT-3.6.1-1")
    @Spec3("MQTT-3.6.1-1")
    void withOtherFlagsIsMalformed(Wire wire) {
        for (int flags : new int[] {0, 1, 3, 6, 10}) {
            Refusals.of(wire, bytes(0x60 | flags, 2, 0, 1));
            Refusals.ofVersion3(wire, bytes(0x60 | flags, 2, 0, 1));
        }
    }

    @Test
    @Spec("MQTT-4.6.0-4")
    void comesInTheOrderOfPubrec(Wire wire) {
        WireClient receiver = wire.v5("r");
        receiver.subscribe(wire.topic("a"), 2);
        int[] ids = new int[3];
        for (int i = 0; i < ids.length; i++) {
            receiver.publish(wire.topic("a"), "m" + i, 2);
            ids[i] = receiver.expectPublish("m" + i).id();
        }
        receiver.send(Ack.pubrec(ids[2]), Ack.pubrec(ids[0]), Ack.pubrec(ids[1]));
        for (int i : new int[] {2, 0, 1}) {
            assertEquals(ids[i], receiver.expect(Ack.class).id());
        }
    }

    @Test
    @Spec("MQTT-3.6.2-1")
    void refusesAnotherReasonCode(Wire wire) {
        Refusals.of(wire, bytes(0x62, 2, 0, 0));
        Refusals.of(wire, bytes(0x62, 1, 0));
        wire.notMosquitto("takes any reason code");
        Refusals.of(wire, bytes(0x62, 3, 0, 1, 0x80));
    }

    @Test
    @Spec({"MQTT-4.3.3-5", "MQTT-4.3.3-6", "MQTT-4.4.0-1"})
    @Spec3({"MQTT-4.3.3-1", "MQTT-4.4.0-1"})
    void isSentAgainInPlaceOfThePublish(Wire wire) {
        WireClient receiver = wire.connect(wire.as("r").expiry(60));
        receiver.subscribe(wire.topic("a"), 2);
        wire.v5("p").publish(wire.topic("a"), "x", 2);
        int id = receiver.expectPublish("x").id();
        receiver.send(Ack.pubrec(id));
        receiver.expectAck(PacketType.PUBREL, id);
        receiver.reset();
        WireClient again = wire.connect(wire.as("r").resume().expiry(60));
        assertEquals(id, again.expect(Ack.class).id());
        again.send(Ack.pubcomp(id));
        again.expectNothing();
    }

    @Test
    @Spec("MQTT-4.4.0-1")
    void isNotSentAgainOnALivingConnection(Wire wire) {
        WireClient receiver = wire.v5("r");
        receiver.subscribe(wire.topic("a"), 2);
        receiver.publish(wire.topic("a"), "x", 2);
        int id = receiver.expectPublish("x").id();
        receiver.send(Ack.pubrec(id));
        receiver.expectAck(PacketType.PUBREL, id);
        receiver.expectSilence(Duration.ofMillis(1200));
    }
}
