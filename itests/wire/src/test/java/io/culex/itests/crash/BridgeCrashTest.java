// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.testkit.BrokerKind;
import io.culex.testkit.BrokerProcess;
import io.culex.testkit.Ports;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * kill -9 of either broker at random moments while a bridge hands messages on, in both directions: none is missing, none of QoS 2
 * comes twice, each publisher's order is kept. {@code -Dculex.bridge.rounds=500} runs it for longer.
 */
class BridgeCrashTest {
    private static final int ROUNDS = Integer.getInteger("culex.bridge.rounds", 4);

    private final int[] ports = {Ports.free(), Ports.free()};
    private final List<Publisher> publishers = List.of(new Publisher("once", 1), new Publisher("twice", 2));
    private final Subscriber subscriber = new Subscriber("far", 2);

    @Test
    @Timeout(value = 100, unit = TimeUnit.HOURS)
    void aBridgeOutward() {
        survives("topic crash/# out 2", 0);
    }

    @Test
    @Timeout(value = 100, unit = TimeUnit.HOURS)
    void aBridgeInward() {
        survives("topic crash/# in 2", 1);
    }

    /** The publishers are at one broker, the subscriber at the other; the bridge is the first one's. */
    private void survives(String topic, int publishersAt) {
        Assumptions.assumeTrue(BrokerKind.selected() == BrokerKind.CULEX, "others do not promise it");
        try (BrokerProcess near = BrokerProcess.prepare(BrokerKind.CULEX);
                BrokerProcess far = BrokerProcess.prepare(BrokerKind.CULEX)) {
            BrokerProcess[] brokers = {near, far};
            configure(
                    near,
                    0,
                    "connection b\naddress 127.0.0.1:" + ports[1]
                            + "\nrestart_timeout 1\nbridge_protocol_version mqttv50\n" + topic + "\n");
            configure(far, 1, "log_type subscribe\nlog_type notice\nlog_type warning\nlog_type error\n");
            Round[] rounds = {start(far, 1), null};
            rounds = new Round[] {start(near, 0), rounds[0]};
            subscriber.begin(rounds[1 - publishersAt]);
            near.awaitLog("Bridge b connected to");
            if (publishersAt == 1) {
                // What is published before the bridge has subscribed is not for it.
                far.awaitLog(" 2 crash/#");
            }
            for (int i = 0; i < ROUNDS; i++) {
                int victim = i % 2;
                live(rounds, publishersAt, victim);
                brokers[victim].awaitExit(Duration.ofSeconds(10));
                rounds[victim] = start(brokers[victim], victim);
                rounds[1 - victim] = new Round(brokers[1 - victim], Ports.local(ports[1 - victim]));
            }
            finish(rounds, publishersAt);
        }
    }

    private void configure(BrokerProcess broker, int at, String more) {
        broker.configure(
                """
                user root
                allow_anonymous true
                persistence true
                persistence_location %s
                max_queued_messages 0
                connection_messages false
                listener %d 127.0.0.1
                """
                                .formatted(broker.folder().resolve("store"), ports[at])
                        + more);
    }

    private Round start(BrokerProcess broker, int at) {
        broker.run(Map.of(), "-c", broker.configuration().toString());
        io.culex.testkit.Await.until(Duration.ofSeconds(60), broker::log, () -> BrokerProcess.accepts(ports[at]));
        return new Round(broker, Ports.local(ports[at]));
    }

    private void live(Round[] rounds, int publishersAt, int victim) {
        List<CompletableFuture<Void>> running = new ArrayList<>();
        publishers.forEach(
                publisher -> running.add(run(rounds[publishersAt], () -> publisher.run(rounds[publishersAt]))));
        Round there = rounds[1 - publishersAt];
        running.add(run(there, () -> subscriber.run(there, all -> true)));
        CompletableFuture.runAsync(
                        rounds[victim]::kill,
                        CompletableFuture.delayedExecutor(Round.random(300, 2500), TimeUnit.MILLISECONDS))
                .join();
        rounds[1 - victim].finish();
        running.forEach(client -> client.orTimeout(60, TimeUnit.SECONDS).join());
    }

    private void finish(Round[] rounds, int publishersAt) {
        Round from = rounds[publishersAt];
        Round to = rounds[1 - publishersAt];
        from.finish();
        publishers.forEach(publisher -> run(from, () -> publisher.run(from))
                .orTimeout(60, TimeUnit.SECONDS)
                .join());
        to.finish();
        run(to, () -> subscriber.run(to, all -> publishers.stream().allMatch(p -> all.last(p.topic()) >= p.last())))
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
        for (Publisher publisher : publishers) {
            assertTrue(publisher.last() > 0);
            assertEquals(publisher.last(), subscriber.last(publisher.topic()), publisher.topic());
        }
        System.out.println(ROUNDS + " kills, "
                + publishers.stream().mapToInt(Publisher::last).sum()
                + " messages over a bridge: none missing, none of QoS 2"
                + " twice, " + subscriber.repeated() + " of QoS 1 repeated");
    }

    private static CompletableFuture<Void> run(Round round, Runnable client) {
        return round.begin(Stream.of(client)).get(0);
    }
}
