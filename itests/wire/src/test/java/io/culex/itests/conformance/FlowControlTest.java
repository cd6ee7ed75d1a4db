// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.itests.Setup;
import io.culex.itests.Spec;
import io.culex.itests.Uses;
import io.culex.itests.Wire;
import io.culex.itests.WireExtension;
import io.culex.testkit.Ack;
import io.culex.testkit.PacketType;
import io.culex.testkit.PropertyId;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.Publish;
import io.culex.testkit.WireClient;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WireExtension.class)
class FlowControlTest {
    @Test
    @Spec({"MQTT-3.3.4-9", "MQTT-4.9.0-1", "MQTT-4.9.0-2"})
    void sendsNoMoreThanTheReceiveMaximum(Wire wire) {
        wire.notMosquitto("counts QoS 2 otherwise");
        WireClient receiver = wire.connect(wire.as("r").with(PropertyId.RECEIVE_MAXIMUM, 2));
        receiver.subscribe(wire.topic("a"), 2);
        WireClient publisher = wire.v5("p");
        for (int i = 1; i <= 6; i++) {
            publisher.publish(wire.topic("a"), "m" + i, 1 + i % 2);
        }
        Publish one = receiver.expectPublish("m1");
        Publish two = receiver.expectPublish("m2");
        receiver.expectNothing();
        receiver.acknowledge(one);
        Publish three = receiver.expectPublish("m3");
        receiver.expectNothing();
        receiver.acknowledge(two);
        Publish four = receiver.expectPublish("m4");
        receiver.acknowledge(three);
        receiver.acknowledge(four);
        receiver.acknowledge(receiver.expectPublish("m5"));
        receiver.acknowledge(receiver.expectPublish("m6"));
        receiver.expectNothing();
    }

    @Test
    @Spec({"MQTT-3.3.4-10", "MQTT-4.9.0-3"})
    void answersEverythingElseWhileTheQuotaIsUsedUp(Wire wire) {
        WireClient receiver = wire.connect(wire.as("r").with(PropertyId.RECEIVE_MAXIMUM, 1));
        receiver.subscribe(wire.topic("a"), 1);
        WireClient publisher = wire.v5("p");
        publisher.publish(wire.topic("a"), "m1", 1);
        publisher.publish(wire.topic("a"), "m2", 1);
        receiver.expectPublish("m1");
        assertEquals(0, receiver.subscribe(wire.topic("b"), 0));
        assertEquals(0, receiver.publish(wire.topic("c"), "x", 2));
        receiver.unsubscribe(wire.topic("c"));
        receiver.expectNothing();
    }

    @Test
    @Spec("MQTT-4.9.0-2")
    void countsNoMessageOfQos0(Wire wire) {
        WireClient receiver = wire.connect(wire.as("r").with(PropertyId.RECEIVE_MAXIMUM, 1));
        receiver.subscribe(wire.topic("a"), 1);
        WireClient publisher = wire.v5("p");
        publisher.publish(wire.topic("a"), "held", 1);
        receiver.expectPublish("held");
        for (int i = 0; i < 10; i++) {
            publisher.publish(wire.topic("a"), "free" + i, 0);
            receiver.expectPublish("free" + i);
        }
    }

    @Test
    @Spec("MQTT-4.9.0-2")
    void givesTheQuotaBackWithAnErrorInPubrec(Wire wire) {
        WireClient receiver = wire.connect(wire.as("r").with(PropertyId.RECEIVE_MAXIMUM, 1));
        receiver.subscribe(wire.topic("a"), 2);
        WireClient publisher = wire.v5("p");
        publisher.publish(wire.topic("a"), "m1", 2);
        publisher.publish(wire.topic("a"), "m2", 2);
        receiver.send(Ack.pubrec(receiver.expectPublish("m1").id()).withReason(0x97));
        receiver.expectPublish("m2");
    }

    @Test
    @Spec("MQTT-4.9.0-2")
    void keepsTheQuotaOfQos2UntilPubcomp(Wire wire) {
        WireClient receiver = wire.connect(wire.as("r").with(PropertyId.RECEIVE_MAXIMUM, 1));
        receiver.subscribe(wire.topic("a"), 2);
        WireClient publisher = wire.v5("p");
        publisher.publish(wire.topic("a"), "m1", 2);
        publisher.publish(wire.topic("a"), "m2", 1);
        int id = receiver.expectPublish("m1").id();
        receiver.send(Ack.pubrec(id));
        receiver.expectAck(PacketType.PUBREL, id);
        receiver.expectNothing();
        receiver.send(Ack.pubcomp(id));
        receiver.expectPublish("m2");
    }

    @Test
    @Spec("MQTT-4.9.0-1")
    void takesTheQuotaOfEachConnectionAnew(Wire wire) {
        WireClient first = wire.connect(wire.as("r").expiry(60).with(PropertyId.RECEIVE_MAXIMUM, 1));
        first.subscribe(wire.topic("a"), 1);
        WireClient publisher = wire.v5("p");
        for (int i = 1; i <= 3; i++) {
            publisher.publish(wire.topic("a"), "m" + i, 1);
        }
        first.expectPublish("m1");
        first.expectNothing();
        first.reset();
        WireClient again = wire.connect(wire.as("r").resume().expiry(60));
        for (int i = 1; i <= 3; i++) {
            again.expectPublish("m" + i);
        }
    }

    @Test
    @Uses(Setup.LIMITED)
    @Spec({"MQTT-3.3.4-7", "MQTT-3.3.4-9"})
    void announcesAndKeepsMaxInflightMessages(Wire wire) {
        WireClient receiver = wire.open();
        assertEquals(
                Optional.of(3L), receiver.connect(wire.as("r")).properties().number(PropertyId.RECEIVE_MAXIMUM));
        WireClient old = wire.connect(ProtocolVersion.V311, wire.as("o").keepAlive(10));
        old.subscribe(wire.topic("a"), 1);
        WireClient publisher = wire.v5("p");
        for (int i = 1; i <= 5; i++) {
            publisher.publish(wire.topic("a"), "m" + i, 1);
        }
        Publish first = old.expectPublish("m1");
        old.expectPublish("m2");
        old.expectPublish("m3");
        old.expectNothing();
        old.acknowledge(first);
        old.expectPublish("m4");
    }
}
