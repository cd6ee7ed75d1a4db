// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.conformance;

import static io.culex.testkit.ProtocolVersion.V311;
import static io.culex.testkit.ProtocolVersion.V5;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.itests.Setup;
import io.culex.itests.Spec;
import io.culex.itests.Spec3;
import io.culex.itests.Uses;
import io.culex.itests.Wire;
import io.culex.itests.WireExtension;
import io.culex.testkit.Connack;
import io.culex.testkit.PacketType;
import io.culex.testkit.Ping;
import io.culex.testkit.PropertyId;
import io.culex.testkit.Publish;
import io.culex.testkit.Subscribe;
import io.culex.testkit.Will;
import io.culex.testkit.WireClient;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WireExtension.class)
class ConnackTest {
    @Test
    @Spec({"MQTT-3.2.0-1", "MQTT-3.2.2-1"})
    @Spec3({"MQTT-3.2.0-1"})
    void sendsConnackBeforeAnythingElse(Wire wire) {
        WireClient publisher = wire.v5("p");
        WireClient first = wire.connect(wire.as("c").expiry(60));
        first.subscribe(wire.topic("a"), 1);
        first.disconnect();
        publisher.publish(wire.topic("a"), "waiting", 1);
        WireClient second = wire.open();
        second.send(wire.as("c").resume().expiry(60));
        assertTrue(second.expectConnack().sessionPresent());
        second.expectPublish("waiting");
    }

    @Test
    @Spec("MQTT-3.2.0-2")
    void sendsOneConnack(Wire wire) {
        WireClient client = wire.open();
        client.send(wire.as("c"), new Ping(PacketType.PINGREQ));
        client.expectConnack();
        assertEquals(PacketType.PINGRESP, client.receive().type());
        client.expectNothing();
    }

    @Test
    @Spec({"MQTT-3.2.2-6", "MQTT-3.2.2-7", "MQTT-3.2.2-8", "MQTT-4.13.2-1"})
    void saysNothingOfTheSessionWhenItRefuses(Wire wire) {
        wire.connect(wire.as("c").expiry(60)).disconnect();
        WireClient refused = wire.open();
        refused.send(wire.as("c").resume().with(PropertyId.AUTH_METHOD, "no-such-method"));
        Connack connack = refused.expectConnack();
        assertFalse(connack.sessionPresent());
        assertTrue(connack.reason() >= 0x80);
        refused.expectClosed();
    }

    @Test
    @Spec("MQTT-3.2.2-9")
    void announcesTheHighestQosItTakes(Wire wire) {
        WireClient client = wire.open(V5, "qos1");
        assertEquals(Optional.of(1L), client.connect(wire.as("c")).properties().number(PropertyId.MAXIMUM_QOS));
        assertFalse(wire.open().connect(wire.as("d")).properties().has(PropertyId.MAXIMUM_QOS));
    }

    @Test
    @Spec({"MQTT-3.2.2-10", "MQTT-3.8.4-7"})
    void acceptsSubscriptionsAboveTheHighestQosItTakes(Wire wire) {
        WireClient client = wire.open(V5, "qos1");
        client.connect(wire.as("c"));
        int granted = client.subscribe(wire.topic("a"), 2);
        assertTrue(granted == 1 || granted == 2, "granted " + granted);
        client.publish(wire.topic("a"), "x", 1);
        assertEquals(1, client.expectPublish("x").qos());
    }

    @Test
    @Spec("MQTT-3.2.2-11")
    void disconnectsWhoPublishesAboveTheHighestQos(Wire wire) {
        WireClient client = wire.open(V5, "qos1");
        client.connect(wire.as("c"));
        client.send(Publish.to(wire.topic("a"), "x").qos(2, 1));
        client.expectEnd(0x9B);
        WireClient old = wire.open(V311, "qos1");
        old.connect(wire.as("d"));
        old.send(Publish.to(wire.topic("a"), "x").qos(2, 1));
        old.expectClosed();
    }

    @Test
    @Spec("MQTT-3.2.2-12")
    void refusesAWillAboveTheHighestQos(Wire wire) {
        WireClient client = wire.open(V5, "qos1");
        client.send(wire.as("c").will(Will.to(wire.topic("w"), "w", 2)));
        client.expectEnd(0x9B);
    }

    @Test
    @Uses(Setup.LIMITED)
    @Spec("MQTT-3.2.2-13")
    void refusesARetainedWillWhereNothingIsRetained(Wire wire) {
        WireClient client = wire.open();
        client.send(wire.as("c").will(Will.to(wire.topic("w"), "w", 0).retained()));
        client.expectEnd(0x9A);
    }

    @Test
    @Uses(Setup.LIMITED)
    @Spec("MQTT-3.2.2-14")
    void disconnectsWhoRetainsWhereNothingIsRetained(Wire wire) {
        WireClient client = wire.open();
        assertEquals(Optional.of(0L), client.connect(wire.as("c")).properties().number(PropertyId.RETAIN_AVAILABLE));
        client.send(Publish.to(wire.topic("a"), "x").retained());
        client.expectEnd(0x9A);
    }

    @Test
    @Uses(Setup.LIMITED)
    @Spec("MQTT-3.2.2-15")
    void disconnectsWhoSendsMoreThanTheMaximumPacketSize(Wire wire) {
        WireClient client = wire.open();
        assertEquals(
                Optional.of(500L), client.connect(wire.as("c")).properties().number(PropertyId.MAXIMUM_PACKET_SIZE));
        client.send(Publish.to(wire.topic("a"), "").payload(new byte[600]));
        client.expectEnd(0x95);
    }

    @Test
    @Spec({"MQTT-3.2.2-17", "MQTT-3.2.2-18", "MQTT-3.3.2-9"})
    void disconnectsWhoUsesATopicAliasAboveTheMaximum(Wire wire) {
        WireClient client = wire.open();
        long maximum = client.connect(wire.as("c"))
                .properties()
                .number(PropertyId.TOPIC_ALIAS_MAXIMUM)
                .orElse(0L);
        client.send(Publish.to(wire.topic("a"), "x").with(PropertyId.TOPIC_ALIAS, maximum + 1));
        client.expectEnd(0x94);
        WireClient without = wire.open(V5, "noalias");
        assertEquals(
                0,
                without.connect(wire.as("d"))
                        .properties()
                        .number(PropertyId.TOPIC_ALIAS_MAXIMUM)
                        .orElse(0L));
        without.send(Publish.to(wire.topic("a"), "x").with(PropertyId.TOPIC_ALIAS, 1));
        without.expectEnd(0x94);
    }

    @Test
    @Spec({"MQTT-3.2.2-19", "MQTT-3.2.2-20", "MQTT-3.1.2-24"})
    void keepsConnackWithinTheClientsMaximumPacketSize(Wire wire) {
        WireClient client = wire.open();
        client.send(wire.as("c").with(PropertyId.MAXIMUM_PACKET_SIZE, 30).with(PropertyId.AUTH_METHOD, "none"));
        Connack connack = client.expectConnack();
        assertTrue(connack.encode(V5).length <= 30);
        client.expectClosed();
    }

    @Test
    @Uses(Setup.LIMITED)
    @Spec({"MQTT-3.2.2-21", "MQTT-3.1.2-21"})
    void announcesAShorterKeepAlive(Wire wire) {
        Connack connack = wire.open().connect(wire.as("c").keepAlive(60));
        assertEquals(Optional.of(10L), connack.properties().number(PropertyId.SERVER_KEEP_ALIVE));
        Connack never = wire.open().connect(wire.as("d").keepAlive(0));
        assertEquals(Optional.of(10L), never.properties().number(PropertyId.SERVER_KEEP_ALIVE));
    }

    @Test
    @Spec("MQTT-3.1.2-28")
    void givesNoResponseInformationUnasked(Wire wire) {
        assertFalse(wire.open().connect(wire.as("c")).properties().has(PropertyId.RESPONSE_INFO));
        assertFalse(wire.open()
                .connect(wire.as("d").with(PropertyId.REQUEST_RESPONSE_INFO, 0))
                .properties()
                .has(PropertyId.RESPONSE_INFO));
    }

    @Test
    @Spec("MQTT-3.2.2-2")
    @Spec3({"MQTT-3.2.2-1", "MQTT-3.2.2-2", "MQTT-3.2.2-3"})
    void tellsVersion311OfTheSession(Wire wire) {
        wire.connect(V311, wire.as("c").resume()).disconnect();
        assertTrue(wire.open(V311).connect(wire.as("c").resume()).sessionPresent());
        assertFalse(wire.open(V311).connect(wire.as("c")).sessionPresent());
        assertFalse(wire.open(V311).connect(wire.as("c").resume()).sessionPresent());
    }

    @Test
    @Spec("MQTT-3.1.4-5")
    void servesSubscribersAtOnceAfterConnack(Wire wire) {
        WireClient client = wire.v5("c");
        client.send(Subscribe.to(1, wire.topic("a"), 0), Publish.to(wire.topic("a"), "x"));
        client.expectSuback(1);
        client.expectPublish("x");
    }
}
