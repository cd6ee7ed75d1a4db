// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.api.auth.Access;
import io.culex.api.config.BrokerSettings;
import io.culex.api.message.Message;
import io.culex.api.message.QoS;
import io.culex.core.local.LocalSessionsService;
import io.culex.core.plugin.Gate;
import io.culex.testkit.Ack;
import io.culex.testkit.Await;
import io.culex.testkit.Connect;
import io.culex.testkit.PacketType;
import io.culex.testkit.Ping;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.Publish;
import io.culex.testkit.Unsubscribe;
import io.culex.testkit.WireClient;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ParkedTest {
    private final Hall hall = new Hall();

    @AfterEach
    void stop() {
        hall.close();
    }

    private void waitForPlugin() {
        hall.take(BrokerSettings.DEFAULTS, "acl");
    }

    private void bind() {
        hall.plugins.bind("acl", new Hall.Acl(Access.UNSUBSCRIBE));
    }

    @Test
    void whatNeedsNoPluginGoesOnAndTheRestWaitsInOrder() {
        WireClient listener = hall.connect("listener");
        listener.subscribe("t", 1);
        WireClient client = hall.connect("client");
        client.subscribe("x", 0);
        waitForPlugin();
        client.send(
                new Ping(PacketType.PINGREQ),
                Unsubscribe.from(7, "x"),
                Publish.to("t", "first").qos(1, 8),
                new Ping(PacketType.PINGREQ),
                Publish.to("t", "second").qos(1, 9));
        assertEquals(PacketType.PINGRESP, client.receive().type());
        client.expectSuback(7);
        client.expectSilence(Duration.ofMillis(100));
        bind();
        client.expectAck(PacketType.PUBACK, 8);
        assertEquals(PacketType.PINGRESP, client.receive().type());
        client.expectAck(PacketType.PUBACK, 9);
        listener.expectPublish("first");
        listener.expectPublish("second");
    }

    @Test
    void aConnectWaitsAndIsThenAnswered() {
        waitForPlugin();
        WireClient client = hall.open(ProtocolVersion.V311);
        client.send(Connect.as("id"));
        client.expectSilence(Duration.ofMillis(100));
        bind();
        assertEquals(0, client.expectConnack().reason());
    }

    @Test
    void deliveriesWaitForTheGateAndComeWhenItOpens() {
        WireClient client = hall.connect("client");
        client.subscribe("t", 1);
        LocalSessionsService publisher = new LocalSessionsService(hall.broker.broker());
        publisher.publish(Message.of("t", "before").withQos(QoS.AT_LEAST_ONCE));
        Publish before = client.expectPublish("before");
        waitForPlugin();
        publisher.publish(Message.of("t", "one").withQos(QoS.AT_LEAST_ONCE));
        publisher.publish(Message.of("t", "two"));
        Await.until("messages to wait", () -> hall.session("client").outbox().queued() == 2);
        client.send(Ack.puback(before.id()));
        client.expectNothing();
        bind();
        client.expectPublish("one");
        client.expectPublish("two");
    }

    @Test
    void afterTheTimeoutEveryoneIsRefused() {
        WireClient parked = hall.connect("parked");
        hall.take(Hall.swapTimeout(Duration.ofMillis(200)), "acl");
        parked.send(Publish.to("t", "x").qos(1, 1));
        WireClient waiting = hall.open(ProtocolVersion.V5);
        waiting.send(Connect.as("waiting"));
        WireClient old = hall.open(ProtocolVersion.V311);
        old.send(Connect.as("old"));
        assertEquals(0x87, parked.expectAck(PacketType.PUBACK, 1).reason());
        waiting.expectEnd(0x88);
        assertEquals(3, old.expectEnd());
        assertEquals(0x87, parked.subscribe("t", 0));
        assertEquals(0, hall.services().router().tree().count());
        bind();
        assertEquals(0x10, parked.publish("t", "x", 1));
    }

    @Test
    void aParkedConnectionMayEnd() {
        WireClient client = hall.connect("client");
        hall.take(Hall.swapTimeout(Duration.ofMillis(200)), "acl");
        client.send(Publish.to("t", "x").qos(1, 1));
        client.close();
        hall.awaitSessions(0);
        bind();
        assertEquals(
                Gate.State.OPEN,
                hall.broker.registry().current().get().scope("door").gate().state());
        hall.connect("other").expectNothing();
    }
}
