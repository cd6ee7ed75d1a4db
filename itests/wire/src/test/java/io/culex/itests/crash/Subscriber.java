// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.testkit.Ack;
import io.culex.testkit.Connect;
import io.culex.testkit.Packet;
import io.culex.testkit.PacketType;
import io.culex.testkit.Publish;
import io.culex.testkit.WireClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Takes everything that the publishers publish, and holds it against what must come: each number of a publisher in order, at
 * QoS 2 once, at QoS 1 at least once.
 */
final class Subscriber {
    private static final Duration PATIENCE = Duration.ofMillis(100);

    private final String name;
    private final int qos;
    private final Map<String, Integer> last = new HashMap<>();
    private final Set<Integer> unreleased = new HashSet<>();
    private final AtomicLong taken = new AtomicLong();
    private long repeated;

    Subscriber(String name, int qos) {
        this.name = name;
        this.qos = qos;
    }

    /** The highest number that has come on a topic. */
    int last(String topic) {
        return last.getOrDefault(topic, 0);
    }

    /** How many messages have come for the first time. Any thread. */
    long taken() {
        return taken.get();
    }

    /** How many messages of QoS 1 have come again. */
    long repeated() {
        return repeated;
    }

    /** Makes the session and its subscription, before anything is published. */
    void begin(Round round) {
        try (WireClient client = round.open()) {
            client.connect(connect());
            assertEquals(qos, client.subscribe("crash/#", qos));
            client.disconnect();
        }
    }

    private Connect connect() {
        return Connect.as(name).resume().expiry(100_000);
    }

    /** Takes what comes until the round is over, and then until {@code enough} has come. */
    void run(Round round, Enough enough) {
        try (WireClient client = round.open()) {
            assertTrue(client.connect(connect()).sessionPresent(), name + " has lost its session");
            while (!round.isFinishing() || !enough.has(this)) {
                client.receiveWithin(PATIENCE).ifPresent(packet -> take(client, packet));
            }
        }
    }

    /** Whether a subscriber has everything. */
    interface Enough {
        boolean has(Subscriber subscriber);
    }

    private void take(WireClient client, Packet packet) {
        if (packet instanceof Publish publish) {
            if (publish.qos() == 1) {
                note(publish);
                client.send(Ack.puback(publish.id()));
            } else {
                if (unreleased.add(publish.id())) {
                    note(publish);
                }
                client.send(Ack.pubrec(publish.id()));
            }
        } else if (packet instanceof Ack ack && ack.type() == PacketType.PUBREL) {
            unreleased.remove(ack.id());
            client.send(Ack.pubcomp(ack.id()));
        } else {
            throw new AssertionError(name + " got " + packet);
        }
    }

    private void note(Publish publish) {
        int number = Integer.parseInt(publish.text().substring(0, publish.text().indexOf(' ')));
        int before = last(publish.topic());
        if (publish.qos() == 2 || number > before) {
            assertEquals(before + 1, number, () -> name + " on " + publish.topic() + " at QoS " + publish.qos());
            last.put(publish.topic(), number);
            taken.incrementAndGet();
        } else {
            repeated++;
        }
    }
}
