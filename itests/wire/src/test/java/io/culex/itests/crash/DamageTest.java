// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.itests.crash.Absentee.Visit;
import io.culex.itests.crash.Harm.Done;
import io.culex.itests.crash.StoreFile.Entry;
import io.culex.testkit.Await;
import io.culex.testkit.BrokerKind;
import io.culex.testkit.BrokerProcess;
import io.culex.testkit.Connect;
import io.culex.testkit.WireClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * kill -9, and then damage to the files before the next start. The broker starts, says in one line what is damaged and where,
 * keeps a copy of it, and has everything else: exactly the messages whose records were hit are missing. The next start says nothing
 * of it. {@code -Dculex.damage.rounds=200} runs it for longer.
 */
class DamageTest {
    static final String ABSENTEE = "absentee";
    /** So many messages of each publisher must be in a file that is to be damaged. */
    private static final int ENOUGH = 100;

    private final Rounds rounds = new Rounds("culex.damage.rounds", Harm.values().length);
    private final Absentee absentee = new Absentee(ABSENTEE);
    private final List<RetainedWriter> writers = List.of(new RetainedWriter("w1"), new RetainedWriter("w2"));
    private final Set<String> promised = new HashSet<>();
    private final Set<String> taken = new HashSet<>();
    private List<Publisher> publishers = List.of();
    /** What was done to the files since the last start, and the messages that are left in them. */
    private Optional<Done> pending = Optional.empty();

    private Set<String> intact = Set.of();
    private int life;
    private long missing;
    private long again;
    private int sessionsLost;

    @Test
    @Timeout(value = 100, unit = TimeUnit.HOURS)
    void damageCostsWhatItHitsAndNothingElse() {
        Assumptions.assumeTrue(BrokerKind.selected() == BrokerKind.CULEX, "others do not promise it");
        try (BrokerProcess broker = prepare()) {
            Path store = broker.folder().resolve("store");
            absentee.visit(start(broker)); // makes its session, in a file that no damage is done to
            kill(broker);
            while (rounds.next()) {
                Harm harm = Harm.values()[(rounds.number() - 1) % Harm.values().length];
                for (int i = 0; i < harm.lives(); i++) {
                    live(broker, i == 0);
                }
                damage(harm, StoreFile.all(store));
            }
            live(broker, true);
        }
        System.out.println(rounds.number() + " times damage: " + promised.size() + " messages promised, "
                + missing + " of them in damaged records and missing, no other; " + again
                + " came again after their acknowledgement was hit, " + sessionsLost + " sessions were hit");
    }

    /** Payloads of absent clients are on the disk only. What cannot be read there is told and left out; the queue goes on. */
    @Test
    void aMessageThatIsDamagedWhileTheBrokerRunsHoldsUpNoOther() {
        Assumptions.assumeTrue(BrokerKind.selected() == BrokerKind.CULEX, "others do not promise it");
        try (BrokerProcess broker = prepare()) {
            Round round = start(broker);
            absentee.visit(round);
            List<String> sent = new ArrayList<>();
            try (WireClient client = round.open()) {
                client.connect(Connect.as("p"));
                for (int number = 1; number <= 60; number++) {
                    client.publish("crash/p", Publisher.text(number), 1 + number % 2);
                    sent.add("crash/p " + number);
                }
            }
            StoreFile file = StoreFile.all(broker.folder().resolve("store")).get(0);
            Entry hit = file.entries().stream()
                    .filter(entry -> entry.message().equals(Optional.of("crash/p 20")))
                    .findFirst()
                    .orElseThrow();
            file.flip(hit.end() - 9, 1);
            sent.remove("crash/p 20");
            assertEquals(sent, absentee.visit(round).messages());
            assertEquals(2, broker.logged("Error: "), broker::log);
            assertEquals(1, broker.logged("record at " + hit.at() + " of " + file.path() + " is damaged"), broker::log);
            assertEquals(1, broker.logged("does not give 1 queued messages of client " + ABSENTEE), broker::log);
            kill(broker);
            pending = Optional.of(
                    new Done(file.path(), "is damaged: " + hit.size() + " bytes at " + hit.at(), true, List.of(hit)));
            assertEquals(List.of(), absentee.visit(start(broker)).messages());
        }
    }

    private static BrokerProcess prepare() {
        BrokerProcess broker = BrokerProcess.prepare(BrokerKind.CULEX);
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
        return broker;
    }

    private Round start(BrokerProcess broker) {
        broker.run(Map.of(), "-c", broker.configuration().toString());
        broker.awaitReady();
        Round round = new Round(broker);
        // The port takes connections before the store has said what it found.
        Await.until(
                Duration.ofSeconds(60),
                () -> "the start:\n" + String.join("\n", round.log()),
                () -> round.log().stream().anyMatch(line -> line.endsWith(" running")));
        checkLog(round.log());
        return round;
    }

    private static void kill(BrokerProcess broker) {
        broker.signal("KILL");
        broker.awaitExit(Duration.ofSeconds(10));
    }

    /** One line says it, and no line says anything else. */
    private void checkLog(List<String> log) {
        List<String> errors =
                log.stream().filter(line -> line.contains("Error")).toList();
        List<String> damaged = log.stream()
                .filter(line -> pending.isPresent()
                        && line.contains(pending.get().file().toString())
                        && line.contains(pending.get().words()))
                .toList();
        assertEquals(pending.isPresent() ? 1 : 0, damaged.size(), () -> pending + "\n" + String.join("\n", log));
        assertEquals(pending.filter(Done::isError).isPresent() ? damaged : List.of(), errors, pending::toString);
        if (pending.filter(Done::hasCopy).isPresent()) {
            Path copies = pending.get().file().resolveSibling("damaged");
            String copy = pending.get().file().getFileName().toString();
            assertTrue(
                    log.stream().anyMatch(line -> line.contains("set aside as " + copies.resolve(copy))),
                    () -> String.join("\n", log));
        }
    }

    /** A start, everyone busy, a kill. */
    private void live(BrokerProcess broker, boolean visits) {
        List<Entry> lost = pending.map(Done::lost).orElse(List.of());
        if (pending.isEmpty()) {
            intact = messages(StoreFile.all(broker.folder().resolve("store")), entry -> true);
        }
        Round round = start(broker);
        checkRetained(round, lost);
        if (visits) {
            checkQueue(round, lost);
        }
        pending = Optional.empty();
        publishers.forEach(publisher -> round.endSession(publisher.name()));
        if (life > 0) {
            round.endSession("present" + life);
        }
        life++;
        publishers = List.of(new Publisher("life" + life + "once", 1), new Publisher("life" + life + "twice", 2));
        Subscriber present = new Subscriber("present" + life, 1);
        present.begin(round);
        Stream<Runnable> clients = Stream.of(
                        publishers.stream().map(publisher -> (Runnable) () -> publisher.run(round)),
                        writers.stream().map(writer -> (Runnable) () -> writer.run(round)),
                        Stream.<Runnable>of(() -> present.run(round, all -> true)))
                .flatMap(several -> several);
        round.killWithin(100, 500, () -> publishers.stream().allMatch(p -> p.acknowledged() >= ENOUGH), clients);
        broker.awaitExit(Duration.ofSeconds(10));
        for (Publisher publisher : publishers) {
            publisher.promised().forEach(number -> promised.add(publisher.topic() + " " + number));
        }
    }

    private void damage(Harm harm, List<StoreFile> files) {
        checkPromises(files);
        Done done = harm.to(files);
        pending = Optional.of(done);
        intact = messages(files, entry -> !done.lost().contains(entry));
    }

    private void checkPromises(List<StoreFile> files) {
        Set<String> absent = new TreeSet<>(promised);
        absent.removeAll(taken);
        absent.removeAll(messages(files, entry -> true));
        assertEquals(Set.of(), absent, "acknowledged, and not in the store");
    }

    private static Set<String> messages(List<StoreFile> files, Predicate<Entry> which) {
        return files.stream()
                .flatMap(file -> file.entries().stream())
                .filter(which)
                .flatMap(entry -> entry.message().stream())
                .collect(Collectors.toSet());
    }

    private void checkRetained(Round round, List<Entry> lost) {
        Set<String> topics = lost.stream().flatMap(Entry::retained).collect(Collectors.toSet());
        round.all(writers.stream().map(writer -> () -> writer.check(round, topics)));
    }

    private void checkQueue(Round round, List<Entry> lost) {
        Set<String> owed = new TreeSet<>(intact);
        owed.removeAll(taken);
        Visit visit = absentee.visit(round);
        if (!visit.hadSession()) {
            assertTrue(lost.stream().anyMatch(entry -> entry.body().contains(ABSENTEE)), "the session is gone");
            sessionsLost++;
            taken.addAll(promised);
            taken.addAll(owed);
            return;
        }
        Set<String> came = new HashSet<>();
        Map<String, Integer> last = new HashMap<>();
        List<String> repeated = new ArrayList<>();
        for (String message : visit.messages()) {
            if (taken.contains(message)) {
                repeated.add(message);
                continue;
            }
            String topic = message.substring(0, message.indexOf(' '));
            int number = Integer.parseInt(message.substring(topic.length() + 1));
            assertTrue(number > last.getOrDefault(topic, 0), () -> message + " came after " + last.get(topic));
            last.put(topic, number);
            came.add(message);
        }
        assertEquals(owed, new TreeSet<>(came));
        assertTrue(repeated.isEmpty() || lost.stream().anyMatch(Entry::isStep), () -> "came again: " + repeated);
        again += repeated.size();
        missing += promised.stream()
                .filter(message -> !taken.contains(message) && !came.contains(message))
                .count();
        taken.addAll(came);
        taken.addAll(promised);
    }
}
