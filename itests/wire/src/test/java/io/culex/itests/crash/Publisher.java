// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.crash;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.testkit.Ack;
import io.culex.testkit.Connack;
import io.culex.testkit.Connect;
import io.culex.testkit.Packet;
import io.culex.testkit.PacketType;
import io.culex.testkit.Publish;
import io.culex.testkit.WireClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Publishes 1, 2, 3 and so on to one topic at one QoS, as a client that keeps what it was not told is safe: after the broker's
 * death it sends again what was not acknowledged, in order, and asks again for releases [MQTT-4.4.0-1].
 */
final class Publisher {
    private static final int WINDOW = 16;

    private final String name;
    private final String topic;
    private final int qos;
    private final Map<Integer, Sent> outstanding = new LinkedHashMap<>();
    private int lastId;
    private int last;
    private final AtomicInteger acknowledged = new AtomicInteger();
    private boolean known;

    private record Sent(int number, boolean released) {}

    Publisher(String name, int qos) {
        this.name = name;
        this.topic = "crash/" + name;
        this.qos = qos;
    }

    String name() {
        return name;
    }

    String topic() {
        return topic;
    }

    /** The number that was sent last. */
    int last() {
        return last;
    }

    /** How many of the broker's acknowledgements took a message off its list. Any thread. */
    int acknowledged() {
        return acknowledged.get();
    }

    /** The numbers that the broker has answered for: they must be there after any kill. */
    List<Integer> promised() {
        Set<Integer> unanswered = outstanding.values().stream()
                .filter(sent -> !sent.released())
                .map(Sent::number)
                .collect(Collectors.toSet());
        return IntStream.rangeClosed(1, last)
                .boxed()
                .filter(number -> !unanswered.contains(number))
                .toList();
    }

    void run(Round round) {
        try (WireClient client = round.open()) {
            Connack connack = client.connect(Connect.as(name).resume().expiry(100_000));
            assertTrue(connack.sessionPresent() || !known, name + " has lost its session");
            known = true;
            sendAgain(client);
            while (!round.isFinishing() || !outstanding.isEmpty()) {
                while (!round.isFinishing() && outstanding.size() < WINDOW) {
                    sendNext(client);
                }
                if (!outstanding.isEmpty()) {
                    take(client, client.receive());
                }
            }
        }
    }

    private void sendAgain(WireClient client) {
        for (Map.Entry<Integer, Sent> entry : List.copyOf(outstanding.entrySet())) {
            Sent sent = entry.getValue();
            client.send(
                    sent.released()
                            ? Ack.pubrel(entry.getKey())
                            : message(sent.number()).qos(qos, entry.getKey()).duplicate());
        }
    }

    private void sendNext(WireClient client) {
        do {
            lastId = lastId == 0xFFFF ? 1 : lastId + 1;
        } while (outstanding.containsKey(lastId));
        last++;
        outstanding.put(lastId, new Sent(last, false));
        client.send(message(last).qos(qos, lastId));
    }

    private Publish message(int number) {
        return Publish.to(topic, text(number));
    }

    /** What a message with that number says. */
    static String text(int number) {
        return number + " " + "x".repeat(number % 300);
    }

    private void take(WireClient client, Packet packet) {
        Ack ack = (Ack) packet;
        assertTrue(ack.reason() < 0x80 || ack.type() == PacketType.PUBCOMP, () -> name + " was refused: " + ack);
        switch (ack.type()) {
            case PUBACK, PUBCOMP -> {
                if (outstanding.remove(ack.id()) != null) {
                    acknowledged.incrementAndGet();
                }
            }
            case PUBREC -> {
                Sent sent = outstanding.get(ack.id());
                assertTrue(sent != null, () -> name + " never sent " + ack);
                outstanding.put(ack.id(), new Sent(sent.number(), true));
                client.send(Ack.pubrel(ack.id()));
            }
            default -> throw new AssertionError(name + " got " + ack);
        }
    }
}
