// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.testkit.BrokerKind;
import io.culex.testkit.BrokerProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * kill -9 at random moments: no acknowledged message is missing, none of QoS 2 comes twice, each publisher's order is kept,
 * retained messages are right, sessions are there. {@code -Dculex.crash.rounds=1000} runs it for longer.
 */
class CrashTest {
    private final Rounds rounds = new Rounds("culex.crash.rounds", 20);
    private final List<Publisher> publishers = List.of(
            new Publisher("once1", 1),
            new Publisher("once2", 1),
            new Publisher("twice1", 2),
            new Publisher("twice2", 2));
    private final Subscriber present = new Subscriber("present", 2);
    private final Subscriber lower = new Subscriber("lower", 1);
    private final Subscriber seldom = new Subscriber("seldom", 2);
    private final List<Subscriber> subscribers = List.of(present, lower, seldom);
    private final List<RetainedWriter> writers = List.of(new RetainedWriter("w1"), new RetainedWriter("w2"));

    @Test
    @Timeout(value = 100, unit = TimeUnit.HOURS)
    void whatWasAcknowledgedSurvivesEveryKill() {
        Assumptions.assumeTrue(BrokerKind.selected() == BrokerKind.CULEX, "others do not promise it");
        try (BrokerProcess broker = BrokerProcess.prepare(BrokerKind.CULEX)) {
            broker.configure(
                    """
                    user root
                    allow_anonymous true
                    persistence true
                    persistence_location %s
                    max_queued_messages 0
                    connection_messages false
                    listener {port} 127.0.0.1
                    """
                            .formatted(broker.folder().resolve("store")));
            while (rounds.next()) {
                Round round = start(broker);
                if (rounds.number() == 1) {
                    subscribers.forEach(subscriber -> subscriber.begin(round));
                }
                check(round);
                live(round);
                broker.awaitExit(Duration.ofSeconds(10));
            }
            finish(start(broker));
        }
        report();
    }

    private static Round start(BrokerProcess broker) {
        broker.run(Map.of(), "-c", broker.configuration().toString());
        broker.awaitReady();
        return new Round(broker);
    }

    /** Everyone is busy until the kill; one subscriber is there in every third round only. */
    private void live(Round round) {
        List<Runnable> clients = new ArrayList<>();
        publishers.forEach(publisher -> clients.add(() -> publisher.run(round)));
        writers.forEach(writer -> clients.add(() -> writer.run(round)));
        clients.add(() -> present.run(round, all -> true));
        clients.add(() -> lower.run(round, all -> true));
        if (rounds.number() % 3 == 1) {
            clients.add(() -> seldom.run(round, all -> true));
        }
        round.killWithin(50, 1200, clients.stream());
    }

    /** The writers' topics side by side: each waits for a while to see that no more comes. */
    private void check(Round round) {
        round.all(writers.stream().map(writer -> () -> writer.check(round)));
    }

    private void finish(Round round) {
        check(round);
        round.finish();
        round.all(publishers.stream().map(p -> () -> p.run(round)));
        Subscriber.Enough everything =
                subscriber -> publishers.stream().allMatch(p -> subscriber.last(p.topic()) >= p.last());
        long before = taken();
        long startNanos = System.nanoTime();
        round.all(subscribers.stream().map(s -> () -> s.run(round, everything)), this::taken);
        System.out.printf(
                "the last %d messages came in %d ms%n", taken() - before, (System.nanoTime() - startNanos) / 1_000_000);
        for (Publisher publisher : publishers) {
            assertTrue(publisher.last() > 0);
            assertEquals(publisher.last(), publisher.acknowledged());
            for (Subscriber subscriber : subscribers) {
                assertEquals(publisher.last(), subscriber.last(publisher.topic()), publisher.topic());
            }
        }
    }

    private long taken() {
        return subscribers.stream().mapToLong(Subscriber::taken).sum();
    }

    private void report() {
        int sum = publishers.stream().mapToInt(Publisher::last).sum();
        System.out.println(
                rounds.number() + " kills, " + sum + " messages to 3 sessions each: none missing, none of QoS 2 twice, "
                        + subscribers.stream().mapToLong(Subscriber::repeated).sum() + " of QoS 1 repeated");
    }
}
