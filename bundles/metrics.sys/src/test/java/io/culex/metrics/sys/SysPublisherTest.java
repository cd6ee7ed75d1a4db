// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.sys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.config.BrokerSettings;
import io.culex.api.config.Generation;
import io.culex.api.local.Authority;
import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import io.culex.api.message.Message;
import io.culex.api.message.ReasonCode;
import io.culex.api.metrics.Metric;
import io.culex.api.metrics.MetricType;
import io.culex.api.metrics.MetricsSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SysPublisherTest {
    private static final Duration OFF = Duration.ZERO;
    /** Long enough that no test sees its end: what is published is published because it was switched on. */
    private static final Duration ON = Duration.ofSeconds(65_535);

    private static final String TOTAL = "$SYS/broker/clients/total";

    private final AtomicLong sessions = new AtomicLong(4);
    private final MetricsSource source =
            () -> List.of(Metric.single("sessions", MetricType.GAUGE, "Sessions.", sessions::get));
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final FakeSessions broker = new FakeSessions();
    private final SysPublisher publisher = new SysPublisher(broker, "1.2.3");
    private long generation;

    SysPublisherTest() {
        publisher.bindLog(new BrokerLog() {
            @Override
            public boolean enabled(LogType type) {
                return true;
            }

            @Override
            public boolean connectionMessages() {
                return true;
            }

            @Override
            public void log(LogType type, String line) {
                lines.add(type + " " + line);
            }
        });
        publisher.addSource(source);
    }

    @AfterEach
    void close() throws InterruptedException {
        publisher.close();
    }

    @Test
    void publishesWhenTheFirstGenerationIsInForce() {
        assertTrue(broker.published.isEmpty());
        take(ON);
        until(() -> broker.published.size() == 2);
        assertEquals(List.of("culex version 1.2.3", "4"), texts());
        assertEquals(Authority.SYSTEM, broker.opened.get(0).request.authority());
        assertEquals(0, broker.opened.get(0).request.expirySeconds());
    }

    @Test
    void publishesNothingWithoutAnInterval() {
        take(OFF);
        sessions.set(5);
        take(ON);
        until(() -> broker.published.size() >= 2);
        assertEquals(List.of("culex version 1.2.3", "5"), texts());
    }

    @Test
    void goesOnEverySecondOfTheWallClock() {
        take(Duration.ofSeconds(1));
        until(() -> broker.published.size() == 2);
        sessions.set(5);
        until(() -> broker.published.size() == 3);
        assertEquals("5", texts().get(2));
        assertEquals(TOTAL, broker.published.get(2).topic());
        assertEquals(1, broker.opened.size());
    }

    @Test
    void aCommitSwitchesItOffAndOn() {
        take(Duration.ofSeconds(1));
        until(() -> broker.published.size() == 2);
        take(OFF);
        take(ON);
        until(() -> broker.published.size() == 4);
        take(OFF);
        sessions.set(5);
        pass(Duration.ofMillis(1500));
        assertEquals(List.of("culex version 1.2.3", "4", "culex version 1.2.3", "4"), texts());
        assertEquals(1, broker.opened.size());
    }

    @Test
    void aCommitThatSaysTheSamePublishesNothing() {
        take(ON);
        until(() -> broker.published.size() == 2);
        sessions.set(5);
        take(ON);
        sessions.set(6);
        take(OFF);
        take(ON);
        until(() -> broker.published.size() >= 4);
        assertEquals(List.of("culex version 1.2.3", "4", "culex version 1.2.3", "6"), texts());
    }

    @Test
    void publishesNothingAfterItsEnd() throws InterruptedException {
        take(Duration.ofSeconds(1));
        until(() -> broker.published.size() == 2);
        publisher.close();
        sessions.set(5);
        take(OFF);
        take(ON);
        assertFalse(broker.opened.get(0).open);
        pass(Duration.ofMillis(1500));
        assertEquals(2, broker.published.size());
        assertEquals(1, broker.opened.size());
    }

    @Test
    void endsWhileTheBrokerDoesNotAnswer() throws InterruptedException {
        broker.answer = new CompletableFuture<>();
        take(ON);
        until(() -> broker.published.size() == 2);
        long before = System.nanoTime();
        publisher.close();
        assertTrue(System.nanoTime() - before < Duration.ofSeconds(4).toNanos());
        assertFalse(broker.opened.get(0).open);
    }

    @Test
    void readsSourcesThatComeAndGo() {
        take(Duration.ofSeconds(1));
        until(() -> broker.published.size() == 2);
        MetricsSource late = () -> List.of(Metric.single("subscriptions", MetricType.GAUGE, "Late.", () -> 8));
        publisher.addSource(late);
        until(() -> broker.published.size() == 3);
        assertEquals("$SYS/broker/subscriptions/count", broker.published.get(2).topic());
        publisher.removeSource(source);
        publisher.removeSource(late);
        sessions.set(5);
        publisher.addSource(() -> List.of(Metric.single("retained_messages", MetricType.GAUGE, "Later.", () -> 1)));
        until(() -> broker.published.size() == 4);
        assertEquals(
                "$SYS/broker/retained messages/count", broker.published.get(3).topic());
    }

    @Test
    void opensAnotherSessionWhenItsOwnIsLost() {
        take(Duration.ofSeconds(1));
        until(() -> broker.published.size() == 2);
        broker.opened.get(0).receiver.closed(ReasonCode.ADMINISTRATIVE_ACTION);
        sessions.set(5);
        until(() -> broker.published.size() == 3);
        assertEquals(2, broker.opened.size());
    }

    @Test
    void saysEverythingAgainAfterARefusalAndWarnsOnce() {
        broker.answer = CompletableFuture.completedFuture(ReasonCode.UNSPECIFIED_ERROR);
        take(Duration.ofSeconds(1));
        until(() -> broker.published.size() >= 4);
        broker.answer = CompletableFuture.completedFuture(ReasonCode.SUCCESS);
        int before = broker.published.size();
        until(() -> broker.published.size() >= before + 2);
        assertEquals(1, lines.size());
        assertTrue(lines.get(0).startsWith("WARNING Warning: $SYS cannot be published: "), lines.get(0));
    }

    @Test
    void noClientCanGuessItsClientIdentifier() throws InterruptedException {
        SysPublisher other = new SysPublisher(broker, "1.2.3");
        other.commit(generation(ON));
        take(ON);
        until(() -> broker.opened.size() == 2);
        other.close();
        assertNotEquals(broker.opened.get(0).clientId(), broker.opened.get(1).clientId());
    }

    private void take(Duration interval) {
        Generation next = generation(interval);
        publisher.prepare(next);
        publisher.commit(next);
    }

    private Generation generation(Duration interval) {
        BrokerSettings defaults = BrokerSettings.DEFAULTS;
        BrokerSettings settings = new BrokerSettings(
                defaults.limits(), defaults.sessions(), defaults.retain(), interval, false, false, defaults.log());
        return new Generation(++generation, "test", settings, List.of());
    }

    private List<String> texts() {
        return broker.published.stream()
                .map(Message::payload)
                .map(payload -> payload.asText())
                .toList();
    }

    private static void pass(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        until(() -> System.nanoTime() > end);
    }

    private static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "not in time");
            LockSupport.parkNanos(1_000_000);
        }
    }
}
