// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.config.BrokerSettings;
import io.culex.api.config.ListenerSettings;
import io.culex.core.loop.Counter;
import io.culex.testkit.Ack;
import io.culex.testkit.Await;
import io.culex.testkit.Connect;
import io.culex.testkit.Disconnect;
import io.culex.testkit.Packet;
import io.culex.testkit.PacketType;
import io.culex.testkit.PropertyId;
import io.culex.testkit.PropertyList;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.Publish;
import io.culex.testkit.Subscribe;
import io.culex.testkit.Will;
import io.culex.testkit.WireClient;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FlowTest {
    private static final int LARGE = 10;

    private final Hall hall = new Hall();

    @AfterEach
    void stop() {
        hall.close();
    }

    @Test
    void aSlowConsumerCostsTheOthersNothingAndHasBoundedMemory() {
        hall.take(Hall.limits(20, 100, 2_000_000));
        WireClient slow = hall.connect("slow");
        slow.subscribe("t", 0);
        WireClient fast = hall.connect("fast");
        fast.subscribe("t", 0);
        WireClient publisher = hall.connect("publisher");
        String large = "x".repeat(10_000);
        for (int i = 0; i < 3_000; i++) {
            publisher.publish("t", i + large, 0);
            assertEquals(i + large, fast.expectPublish().text());
        }
        assertTrue(hall.services().loops().sum(Counter.PUBLISH_DROPPED) > 0);
        Await.until("what waits to be counted", () -> {
            long packets = hall.services().loops().sum(Counter.OUT_PACKETS);
            return packets > 0 && packets <= 101;
        });
        assertEquals("0" + large, slow.expectPublish().text());
    }

    @Test
    void whatAPublisherSentBeforeItClosedIsReadThoughItIsHeld() {
        hall.take(Hall.limits(20, 10, 2_000_000));
        WireClient slow = hall.connect(ProtocolVersion.V5, Connect.as("slow").with(PropertyId.RECEIVE_MAXIMUM, 1));
        slow.subscribe("t", 1);
        WireClient fast = hall.connect("fast");
        fast.subscribe("#", 0);
        WireClient filler = hall.connect("filler");
        for (int i = 0; i < 8; i++) {
            filler.publish("t", "fill", 1);
            fast.expectPublish("fill");
        }
        assertTrue(hall.session("slow").isCongested());
        WireClient publisher =
                hall.connect(ProtocolVersion.V311, Connect.as("publisher").will(Will.to("will", "gone", 0)));
        List<Packet> burst = new ArrayList<>();
        IntStream.range(1, 300).forEach(i -> burst.add(Publish.to("t", "m" + i)));
        burst.add(Disconnect.NORMAL);
        publisher.send(Publish.to("t", "m0"), burst.toArray(Packet[]::new));
        publisher.close();
        for (int i = 0; i < 300; i++) {
            fast.expectPublish("m" + i);
        }
        Await.until("the publisher's end", () -> hall.services().directory().find("publisher") == null);
        fast.expectNothing();
    }

    /** A client that reads nothing, to which more was sent than its socket takes, and which goes on asking. */
    private WireClient asks(Connect connect, int pings) {
        WireClient deaf = hall.connect(ProtocolVersion.V311, connect);
        deaf.subscribe("large", 0);
        WireClient publisher = hall.connect("publisher");
        for (int i = 0; i < LARGE; i++) {
            publisher.send(Publish.to("large", "x".repeat(1_000_000)));
        }
        publisher.expectNothing();
        hall.broker.settle();
        byte[] asked = new byte[2 * pings];
        for (int i = 0; i < asked.length; i += 2) {
            asked[i] = (byte) 0xC0;
        }
        deaf.sendRaw(asked);
        Await.until("answers to wait", () -> packetsThatWait() > Output.MOST_ANSWERS);
        return deaf;
    }

    private long packetsThatWait() {
        return hall.services().loops().sum(Counter.OUT_PACKETS);
    }

    @Test
    void whoDoesNotReadItsAnswersIsNotReadFromUntilItDoes() {
        WireClient other = hall.connect("other");
        WireClient deaf = asks(Connect.as("deaf"), 100_000);
        for (int i = 0; i < 100; i++) {
            other.expectNothing();
        }
        hall.broker.settle();
        long waiting = packetsThatWait();
        assertTrue(waiting <= Output.MOST_ANSWERS + 1 + LARGE, waiting + " packets");
        for (int i = 0; i < LARGE; i++) {
            deaf.expectPublish();
        }
        for (int i = 0; i < 100_000; i++) {
            assertEquals(PacketType.PINGRESP, deaf.receive().type());
        }
        deaf.expectNothing();
    }

    @Test
    void whoDoesNotReadItsAnswersHasToBeHeardOfInTimeAllTheSame() {
        asks(Connect.as("deaf").keepAlive(1), 100_000);
        Await.until("its end", () -> hall.services().loops().sum(Counter.KEEP_ALIVE_TIMEOUTS) == 1);
    }

    @Test
    void whatAClientSentThatReadsNothingIsReadWhenItIsGone() {
        WireClient fast = hall.connect("fast");
        fast.subscribe("t", 0);
        WireClient deaf = asks(Connect.as("deaf").will(Will.to("t", "gone", 0)), 70_000);
        deaf.send(Publish.to("t", "last"));
        deaf.reset();
        fast.expectPublish("gone");
        Await.until("its end", () -> hall.services().directory().find("deaf") == null);
    }

    @Test
    void theClientsAliasesStandForItsTopics() {
        WireClient listener = hall.connect("listener");
        listener.subscribe("#", 1);
        WireClient client = hall.connect("client");
        client.publish(Publish.to("a", "1").with(PropertyId.TOPIC_ALIAS, 10), 1);
        client.publish(Publish.to("", "2").with(PropertyId.TOPIC_ALIAS, 10), 1);
        client.publish(Publish.to("b", "3").with(PropertyId.TOPIC_ALIAS, 10), 1);
        client.publish(Publish.to("", "4").with(PropertyId.TOPIC_ALIAS, 10), 1);
        for (String expected : List.of("a1", "a2", "b3", "b4")) {
            Publish got = listener.acknowledge(listener.expectPublish());
            assertEquals(expected, got.topic() + got.text());
            assertTrue(!got.properties().has(PropertyId.TOPIC_ALIAS));
        }
        client.send(Publish.to("", "x").with(PropertyId.TOPIC_ALIAS, 9));
        client.expectDisconnect(0x82);
        WireClient other = hall.connect("other");
        other.send(Publish.to("a", "x").with(PropertyId.TOPIC_ALIAS, 11));
        other.expectDisconnect(0x94);
    }

    @Test
    void asManyAliasesAsTheClientWasToldStandWhateverIsAllowedBeforeItsFirst() {
        WireClient client = hall.connect("client");
        ListenerSettings.Clients d = ListenerSettings.Clients.DEFAULTS;
        hall.take(
                BrokerSettings.DEFAULTS,
                new ListenerSettings.Clients(
                        d.maxConnections(),
                        d.maxQos(),
                        0,
                        d.maxTopicAliasBroker(),
                        d.mountPoint(),
                        d.protocolLevels(),
                        d.tcpNoDelay()));
        assertEquals(0x10, client.publish(Publish.to("a", "1").with(PropertyId.TOPIC_ALIAS, 10), 1));
        WireClient late = hall.connect("late");
        late.send(Publish.to("a", "x").with(PropertyId.TOPIC_ALIAS, 1));
        late.expectDisconnect(0x94);
    }

    @Test
    void whatABridgeOfMqtt3SharesWithOthersAndPublishesItselfGoesToThem() {
        WireClient bridge = hall.connect(
                ProtocolVersion.V311, Connect.as("bridge").protocol("MQTT", 0x80 | ProtocolVersion.V311.level()));
        bridge.subscribe("$share/g/t", 1);
        WireClient other = hall.connect("other");
        other.subscribe("$share/g/t", 1);
        for (int i = 0; i < 4; i++) {
            bridge.publish("t", "m" + i, 1);
            other.acknowledge(other.expectPublish("m" + i));
        }
        bridge.expectNothing();
    }

    @Test
    void whoCannotBeAnsweredInAPacketThatItTakesIsSentAway() {
        WireClient client =
                hall.connect(ProtocolVersion.V5, Connect.as("client").with(PropertyId.MAXIMUM_PACKET_SIZE, 40L));
        Subscribe fits = Subscribe.to(1, "f0", 0);
        for (int i = 1; i < 35; i++) {
            fits = fits.and("f" + i, 0);
        }
        client.send(fits);
        client.expectSuback(1);
        client.send(fits.and("f35", 0));
        client.expectDisconnect(0x95);
    }

    @Test
    void theBrokerGivesAliasesAsManyAsTheClientTakes() {
        WireClient client =
                hall.connect(ProtocolVersion.V5, Connect.as("client").with(PropertyId.TOPIC_ALIAS_MAXIMUM, 2));
        client.subscribe("#", 0);
        List<String> got = new ArrayList<>();
        for (String topic : List.of("a", "b", "c", "a", "b", "c")) {
            client.publish(topic, "x", 0);
            Publish publish = client.expectPublish("x");
            got.add(publish.topic()
                    + publish.properties()
                            .number(PropertyId.TOPIC_ALIAS)
                            .map(String::valueOf)
                            .orElse(""));
        }
        assertEquals(List.of("a1", "b2", "c", "1", "2", "c"), got);
    }

    @Test
    void whatIsLargerThanTheClientTakesIsLeftOut() {
        WireClient client =
                hall.connect(ProtocolVersion.V5, Connect.as("client").with(PropertyId.MAXIMUM_PACKET_SIZE, 100));
        client.subscribe("#", 1);
        WireClient publisher = hall.connect("publisher");
        publisher.publish("t", "x".repeat(200), 0);
        publisher.publish("t", "x".repeat(200), 1);
        publisher.publish(Publish.to("t", "x").with(PropertyList.NONE.withUser("k", "v".repeat(200))), 1);
        publisher.publish("t", "fits", 1);
        client.acknowledge(client.expectPublish("fits"));
        Await.until("an empty window", () -> hall.session("client").outbox().inflight() == 0);
        assertEquals(3, hall.services().loops().sum(Counter.PUBLISH_DROPPED));
    }

    @Test
    void whatTheClientTakesWithoutAnAliasAloneGoesWithoutOne() {
        WireClient client = hall.connect(
                ProtocolVersion.V5,
                Connect.as("client").with(PropertyId.MAXIMUM_PACKET_SIZE, 100).with(PropertyId.TOPIC_ALIAS_MAXIMUM, 1));
        client.subscribe("#", 1);
        WireClient publisher = hall.connect("publisher");
        String largest = "x".repeat(92);
        publisher.publish("a", largest, 1);
        Publish whole = client.acknowledge(client.expectPublish(largest));
        assertTrue(!whole.properties().has(PropertyId.TOPIC_ALIAS));
        publisher.publish("a", "small", 1);
        assertTrue(
                client.acknowledge(client.expectPublish("small")).properties().has(PropertyId.TOPIC_ALIAS));
        publisher.publish("b", largest, 1);
        client.acknowledge(client.expectPublish(largest));
        // The name is one byte, its alias three.
        publisher.publish("a", largest, 1);
        assertEquals("a", client.acknowledge(client.expectPublish(largest)).topic());
    }

    @Test
    void whatIsLargerThanTheBrokerTakesEndsTheConnectionBeforeItIsThere() {
        hall.take(Hall.limits(20, 100, 1_000));
        WireClient client = hall.connect("client");
        client.publish("t", "x".repeat(900), 1);
        client.sendRaw(0x30, 0xFF, 0xFF, 0x7F);
        client.expectDisconnect(0x95);
        hall.take(BrokerSettings.DEFAULTS);
        assertEquals(0x10, hall.connect("other").publish("t", "x".repeat(2_000), 1));
    }

    @Test
    void aLargeMessageReachesSlowReadersWhole() {
        WireClient client = hall.connect("client");
        client.subscribe("t", 1);
        String large = "0123456789".repeat(150_000);
        hall.connect("publisher").publish("t", large, 1);
        assertEquals(large, client.acknowledge(client.expectPublish()).text());
    }

    @Test
    void whoSendsMoreThanTheReceiveMaximumIsNamedInTheLogOnce() {
        hall.take(Hall.limits(2, 10, 2_000_000));
        WireClient old = hall.connect(ProtocolVersion.V311, Connect.as("old"));
        WireClient client = hall.connect("id");
        for (int id = 1; id <= 5; id++) {
            old.send(Publish.to("t", "x").qos(2, id));
            old.expect(Ack.class);
            client.send(Publish.to("t", "x").qos(2, id));
            client.expect(Ack.class);
            assertEquals(id > 2 ? 1 : 0, hall.broker.warnings().size());
        }
        assertEquals(
                List.of(
                        "Client id has exceeded its receive-maximum quota. This behaviour must be fixed on the client."),
                hall.broker.warnings());
    }
}
