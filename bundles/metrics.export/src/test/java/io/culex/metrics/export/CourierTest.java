// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CourierTest {
    private static final Outcome DELIVERED = new Outcome.Delivered();
    private static final Outcome LATER = new Outcome.Later("away", Duration.ZERO);

    private static final Outcome UNTHOUGHT = new Outcome.Rejected("none at all");
    private static final Outcome ERROR = new Outcome.Rejected("none, by an error");

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
    private final Queue<Outcome> outcomes = new ArrayDeque<>();
    private final Backlog backlog = new Backlog(4);
    private final Courier courier =
            new Courier(new PushSettings("test", Duration.ofMillis(10), 4, 3), backlog, this::send, new BrokerLog() {
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

    @AfterEach
    void close() throws InterruptedException {
        courier.close();
    }

    private synchronized Outcome send(byte[] body) {
        requests.add(new String(body, StandardCharsets.UTF_8));
        Outcome outcome = outcomes.isEmpty() ? DELIVERED : outcomes.remove();
        if (outcome.equals(UNTHOUGHT)) {
            throw new IllegalStateException("of the test");
        }
        if (outcome.equals(ERROR)) {
            throw new AssertionError("of the test");
        }
        return outcome;
    }

    private void add(String... updates) {
        for (String update : updates) {
            backlog.add(new Update(update.getBytes(StandardCharsets.UTF_8), 1));
        }
    }

    private String request() throws InterruptedException {
        return String.valueOf(requests.poll(10, TimeUnit.SECONDS));
    }

    private void awaitEmpty() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (backlog.size() > 0 && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertEquals(0, backlog.size());
    }

    @Test
    void whatWaitsGoesInOrderAsManyAtATimeAsMay() throws InterruptedException {
        add("a", "b", "c", "d");
        courier.start();
        assertEquals("abc", request());
        assertEquals("d", request());
        awaitEmpty();
        assertEquals(List.of(), lines);
        assertEquals(0, backlog.dropped());
    }

    @Test
    void whatTheServerDoesNotTakeNowIsSentAgain() throws InterruptedException {
        outcomes.addAll(List.of(LATER, LATER));
        add("a", "b");
        courier.start();
        assertEquals("ab", request());
        add("c");
        assertEquals("abc", request());
        assertEquals("abc", request());
        awaitEmpty();
        assertEquals(3, courier.delivered());
        assertEquals(2, courier.failures());
        assertEquals(
                List.of(
                        "WARNING test: Warning: Metrics cannot be sent and wait: away",
                        "NOTICE test: The server takes metrics again."),
                lines);
    }

    @Test
    void whatNobodyHasThoughtOfDoesNotEndTheSending() throws InterruptedException {
        outcomes.addAll(List.of(UNTHOUGHT, ERROR));
        add("a");
        courier.start();
        assertEquals("a", request());
        assertEquals("a", request());
        assertEquals("a", request());
        awaitEmpty();
        assertEquals(1, courier.delivered());
        assertEquals(2, courier.failures());
        assertTrue(lines.get(0).contains("of the test"), lines::toString);
    }

    @Test
    void aHeaderThatCannotBeSentIsRefusedWithoutItsValue() {
        String said = String.valueOf(assertThrows(
                        IllegalArgumentException.class,
                        () -> new HttpPost(
                                URI.create("http://127.0.0.1:1"),
                                Map.of("Authorization", "Token se\ncret"),
                                null,
                                Runnable::run))
                .getMessage());
        assertTrue(said.contains("'Authorization'"), said);
        assertFalse(said.contains("cret"), said);
    }

    @Test
    void whatIsTooManyForTheBufferIsDroppedOldestFirst() throws InterruptedException {
        add("a", "b", "c", "d", "e", "f");
        assertEquals(2, backlog.dropped());
        courier.start();
        assertEquals("cde", request());
        assertEquals("f", request());
    }

    @Test
    void aRequestThatIsTooLargeIsSplit() throws InterruptedException {
        outcomes.addAll(List.of(new Outcome.TooLarge(), DELIVERED, new Outcome.TooLarge()));
        add("a", "b", "c");
        courier.start();
        assertEquals("abc", request());
        assertEquals("a", request());
        assertEquals("bc", request());
        assertEquals("b", request());
        awaitEmpty();
        assertEquals(0, backlog.dropped());
    }

    @Test
    void whatTheServerNeverTakesIsLostAndSaid() throws InterruptedException {
        outcomes.addAll(List.of(new Outcome.Rejected("no such field"), new Outcome.TooLarge()));
        add("a");
        courier.start();
        assertEquals("a", request());
        awaitEmpty();
        add("b");
        assertEquals("b", request());
        awaitEmpty();
        assertEquals(2, backlog.dropped());
        assertEquals(
                List.of(
                        "ERROR test: Error: Metrics were refused and are lost: no such field",
                        "ERROR test: Error: Metrics were refused and are lost: too large for the server"),
                lines);
    }

    @Test
    void theLastIsSentAtTheEnd() throws InterruptedException {
        courier.start();
        add("a");
        courier.close();
        assertEquals("a", request());
    }

    @Test
    void theEndDoesNotWaitForAServerThatIsAway() throws InterruptedException {
        outcomes.addAll(List.of(LATER, LATER, LATER, LATER));
        add("a");
        courier.start();
        assertEquals("a", request());
        long begin = System.nanoTime();
        courier.close();
        assertTrue(System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(2));
    }

    @Test
    void pausesGrowUpToTheirBoundAndAreAsLongAsTheServerWants() {
        Backoff backoff = new Backoff(Duration.ofSeconds(4));
        for (long expected : new long[] {500, 1000, 2000, 4000, 4000}) {
            long pause = backoff.next(Duration.ZERO);
            assertTrue(Math.abs(pause - expected) <= expected / 4, expected + ": " + pause);
        }
        assertEquals(60_000, backoff.next(Duration.ofMinutes(1)));
        backoff.reset();
        assertTrue(backoff.next(Duration.ZERO) < 700);
    }

    @Test
    void theServerMaySayWhenInSecondsOrAsADate() {
        Instant now = Instant.parse("2026-11-20T10:00:00Z");
        assertEquals(Duration.ofSeconds(7), HttpPost.retryAfter("7", now));
        assertEquals(Duration.ofSeconds(30), HttpPost.retryAfter("Fri, 20 Nov 2026 10:00:30 GMT", now));
        assertEquals(Duration.ZERO, HttpPost.retryAfter("Fri, 20 Nov 2026 09:00:30 GMT", now));
        assertEquals(Duration.ofHours(1), HttpPost.retryAfter("999999", now));
        assertEquals(Duration.ZERO, HttpPost.retryAfter("soon", now));
        assertEquals(Duration.ZERO, HttpPost.retryAfter("", now));
    }
}
