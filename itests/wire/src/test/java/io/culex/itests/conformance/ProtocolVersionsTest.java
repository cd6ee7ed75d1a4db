// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.conformance;

import static io.culex.testkit.ProtocolVersion.V31;
import static io.culex.testkit.ProtocolVersion.V311;
import static io.culex.testkit.ProtocolVersion.V5;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.itests.Spec;
import io.culex.itests.Spec3;
import io.culex.itests.Wire;
import io.culex.itests.WireExtension;
import io.culex.testkit.Connack;
import io.culex.testkit.Connect;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.Will;
import io.culex.testkit.WireClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(WireExtension.class)
class ProtocolVersionsTest {
    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    @Spec3({"MQTT-4.3.1-1", "MQTT-4.3.2-1", "MQTT-4.3.3-1"})
    void exchangesMessagesOfEveryQosInEveryVersion(ProtocolVersion version, Wire wire) {
        WireClient client = wire.connect(version, wire.as("c"));
        assertEquals(2, client.subscribe(wire.topic("a/#"), 2));
        for (int qos = 0; qos <= 2; qos++) {
            client.publish(wire.topic("a/" + qos), "m" + qos, qos);
            assertEquals(
                    qos, client.acknowledge(client.expectPublish("m" + qos)).qos());
        }
        client.unsubscribe(wire.topic("a/#"));
        client.publish(wire.topic("a/x"), "x", 1);
        client.expectNothing();
        client.disconnect();
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    @Spec3("MQTT-3.3.5-1")
    void exchangesMessagesWithEveryOtherVersion(ProtocolVersion version, Wire wire) {
        WireClient receiver = wire.connect(version, wire.as("r"));
        receiver.subscribe(wire.topic("a"), 2);
        for (ProtocolVersion other : ProtocolVersion.values()) {
            WireClient publisher = wire.connect(other, wire.as("p" + other.level()));
            publisher.publish(wire.topic("a"), other.name(), 2);
            receiver.acknowledge(receiver.expectPublish(other.name()));
        }
    }

    @Test
    @Spec3("MQTT-3.1.2-2")
    void refusesAnUnknownLevelWithCode1(Wire wire) {
        for (int level : new int[] {0, 2, 6, 0x7F}) {
            WireClient client = wire.open(V311);
            client.send(wire.as("c").protocol("MQTT", level));
            client.expectEnd(1);
        }
    }

    @Test
    @Spec3("MQTT-3.1.2-1")
    void refusesMismatchedNames(Wire wire) {
        for (Connect connect : new Connect[] {
            wire.as("c").protocol("MQIsdp", 4),
            wire.as("c").protocol("MQTT", 3),
            wire.as("c").protocol("mqtt", 4)
        }) {
            WireClient client = wire.open(V311);
            client.send(connect);
            client.expectEnd(1);
        }
    }

    @Test
    @Spec3("MQTT-3.1.2-3")
    void refusesTheReservedConnectFlagOfVersion311(Wire wire) {
        WireClient client = wire.open(V311);
        client.send(wire.as("c").flipFlags(1));
        client.expectClosed();
    }

    @Test
    @Spec3({"MQTT-3.1.3-6", "MQTT-3.1.3-8", "MQTT-3.2.2-4"})
    void givesVersion311AnIdentifierForCleanSessionsAlone(Wire wire) {
        WireClient client = wire.open(V311);
        client.connect(Connect.as(""));
        client.expectNothing();
        WireClient kept = wire.open(V311);
        kept.send(Connect.as("").resume());
        Connack refused = kept.expectConnack();
        assertEquals(2, refused.reason());
        assertFalse(refused.sessionPresent());
        kept.expectClosed();
    }

    @Test
    @Spec3("MQTT-3.1.3-3")
    void refusesVersion31WithoutIdentifier(Wire wire) {
        WireClient client = wire.open(V31);
        client.send(Connect.as(""));
        client.expectEnd(2);
    }

    @Test
    @Spec3("MQTT-3.1.2-22")
    void refusesAPasswordWithoutUserNameInVersion311(Wire wire) {
        WireClient client = wire.open(V311);
        client.send(wire.as("c").password("p"));
        client.expectClosed();
        assertEquals(0, wire.open(V5).connect(wire.as("c").password("p")).reason());
    }

    @Test
    @Spec3({"MQTT-3.1.2-13", "MQTT-3.1.2-14", "MQTT-3.1.2-15"})
    void refusesContradictingWillFlagsInVersion311(Wire wire) {
        for (Connect connect : new Connect[] {
            wire.as("c").flipFlags(0x08),
            wire.as("c").flipFlags(0x20),
            wire.as("c").will(Will.to("w", "w", 3))
        }) {
            WireClient client = wire.open(V311);
            client.send(connect);
            client.expectEnd();
        }
    }

    @Test
    @Spec3("MQTT-3.1.2-2")
    void takesTheBridgeBitOfTheLevel(Wire wire) {
        WireClient bridge = wire.connect(V311, wire.as("c").protocol("MQTT", 0x84));
        bridge.subscribe(wire.topic("a"), 0);
        bridge.expectNothing();
        wire.connect(V31, wire.as("d").protocol("MQIsdp", 0x83)).expectNothing();
    }

    @Test
    @Spec3("MQTT-3.2.2-3")
    void saysNothingOfTheSessionInVersion31(Wire wire) {
        wire.connect(V31, wire.as("c").resume()).disconnect();
        assertFalse(wire.open(V31).connect(wire.as("c").resume()).sessionPresent());
        assertTrue(wire.open(V311).connect(wire.as("c").resume()).sessionPresent());
    }

    @Test
    @Spec("MQTT-3.1.4-3")
    void takesOverFromEveryVersion(Wire wire) {
        for (ProtocolVersion older : ProtocolVersion.values()) {
            for (ProtocolVersion newer : ProtocolVersion.values()) {
                WireClient first = wire.connect(older, wire.as("c"));
                WireClient second = wire.connect(newer, wire.as("c"));
                int reason = first.expectEnd();
                assertTrue(reason == -1 || reason == 0x8E);
                second.disconnect();
            }
        }
    }
}
