// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.testkit.Await;
import io.culex.testkit.BrokerProcess;
import io.culex.testkit.Connect;
import io.culex.testkit.Packet;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.Publish;
import io.culex.testkit.WireClient;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients at the two ends of bridges. */
final class Ends {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private Ends() {}

    static WireClient client(InetSocketAddress broker) {
        return client(broker, ProtocolVersion.V5);
    }

    static WireClient client(InetSocketAddress broker, ProtocolVersion version) {
        WireClient client = WireClient.open(broker, version);
        client.connect(Connect.as("end" + NUMBER.incrementAndGet()));
        return client;
    }

    /** What is published at one broker comes to the other at that level. */
    static void check(
            InetSocketAddress from,
            String topic,
            InetSocketAddress to,
            String expected,
            int qos,
            ProtocolVersion version) {
        try (WireClient subscriber = client(to, version);
                WireClient publisher = client(from, version)) {
            subscriber.subscribe(expected, qos);
            String text = "m" + NUMBER.incrementAndGet();
            publisher.publish(topic, text, qos);
            Publish got = subscriber.expectPublish(text);
            assertEquals(expected, got.topic());
            assertEquals(qos, got.qos());
            subscriber.acknowledge(got);
        }
    }

    /** The broker has this retained message. */
    static void awaitRetained(InetSocketAddress broker, String topic, String text) {
        Await.until(Duration.ofSeconds(20), () -> topic + " to be " + text, () -> text.equals(retained(broker, topic)));
    }

    private static String retained(InetSocketAddress broker, String topic) {
        try (WireClient client = client(broker)) {
            client.subscribe(topic, 0);
            Optional<Packet> first = client.receiveWithin(Duration.ofMillis(300));
            return first.map(packet -> ((Publish) packet).text()).orElse("");
        }
    }

    /** Everything that comes until nothing has come for a while. */
    static List<String> drain(WireClient client, Duration silence) {
        List<String> all = new ArrayList<>();
        for (Optional<Packet> next = client.receiveWithin(silence);
                next.isPresent();
                next = client.receiveWithin(silence)) {
            if (next.get() instanceof Publish publish) {
                client.acknowledge(publish);
                all.add(publish.text());
            }
        }
        return all;
    }

    /** Waits until each of these bridges is connected. */
    static void awaitBridges(BrokerProcess broker, String... names) {
        for (String name : names) {
            String line = "Bridge " + name + " connected to ";
            Await.until(
                    Duration.ofSeconds(60), () -> "log line \"" + line + "\" in\n" + broker.log(), () -> broker.log()
                            .contains(line));
        }
    }
}
