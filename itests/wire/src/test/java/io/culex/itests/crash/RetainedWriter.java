// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.crash;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.testkit.Connect;
import io.culex.testkit.Packet;
import io.culex.testkit.Publish;
import io.culex.testkit.WireClient;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Changes retained messages, each change with the next number; every seventh clears its topic. */
final class RetainedWriter {
    private static final int TOPICS = 8;

    private final String name;
    private final Map<String, Integer> sent = new TreeMap<>();
    private final Map<String, Integer> acknowledged = new TreeMap<>();
    private int number;

    RetainedWriter(String name) {
        this.name = name;
    }

    private String topic(int change) {
        return "retained/" + name + "/" + change % TOPICS;
    }

    private static boolean clears(int change) {
        return change % 7 == 0;
    }

    void run(Round round) {
        try (WireClient client = round.open()) {
            client.connect(Connect.as(name));
            while (!round.isFinishing()) {
                int change = ++number;
                String topic = topic(change);
                sent.put(topic, change);
                client.publish(
                        Publish.to(topic, clears(change) ? "" : Integer.toString(change))
                                .retained(),
                        1);
                acknowledged.put(topic, change);
            }
        }
    }

    /** What is retained is the last acknowledged change of each topic, or a later one that was sent. */
    void check(Round round) {
        check(round, Set.of());
    }

    /** The same where records about some topics are lost: there an older change may stand, but none that was never sent. */
    void check(Round round, Set<String> damaged) {
        acknowledged.keySet().removeAll(damaged);
        Map<String, Integer> found = new TreeMap<>();
        try (WireClient client = round.open()) {
            client.connect(Connect.as(name + "reader"));
            client.subscribe("retained/" + name + "/#", 1);
            for (Optional<Packet> next = next(client); next.isPresent(); next = next(client)) {
                Publish publish = client.acknowledge((Publish) next.get());
                found.put(publish.topic(), Integer.parseInt(publish.text()));
            }
        }
        found.forEach((topic, change) -> assertTrue(
                change <= sent.getOrDefault(topic, 0) && topic(change).equals(topic), topic + ": " + change + "?"));
        acknowledged.forEach((topic, change) -> check(topic, change, found.getOrDefault(topic, 0)));
    }

    private static Optional<Packet> next(WireClient client) {
        return client.receiveWithin(Duration.ofMillis(200));
    }

    private void check(String topic, int change, int found) {
        int newest = sent.getOrDefault(topic, 0);
        if (found != 0) {
            assertTrue(found >= change && found <= newest, topic + ": " + found + " not in " + change + ".." + newest);
            return;
        }
        boolean cleared = false;
        for (int candidate = change; candidate <= newest; candidate += TOPICS) {
            cleared |= clears(candidate);
        }
        assertTrue(cleared, topic + " is gone, though no change from " + change + " to " + newest + " cleared it");
    }
}
