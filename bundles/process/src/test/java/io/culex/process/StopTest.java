// SPDX-License-Identifier: Apache-2.0
package io.culex.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.api.admin.BrokerAdmin;
import io.culex.api.admin.SessionInfo;
import io.culex.api.admin.TopicSeen;
import io.culex.api.message.ReasonCode;
import io.culex.testkit.RecordedLog;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class StopTest {
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    private final CompletableFuture<Void> goodbye = new CompletableFuture<>();
    private final RecordedLog log = new RecordedLog();

    @Test
    void endsTheFrameworkOnceTheBrokerHasSaidGoodbye() throws InterruptedException {
        Stop stop = new Stop("1.2.3", log, Broker::new, () -> seen.add("framework"));
        stop.begin();
        stop.begin();
        assertEquals("broker", seen.poll(10, TimeUnit.SECONDS));
        assertEquals(null, seen.poll());
        goodbye.complete(null);
        assertEquals("framework", seen.poll(10, TimeUnit.SECONDS));
        assertEquals(List.of("INFORMATION culex version 1.2.3 terminating"), log.lines());
        assertEquals(null, seen.poll());
    }

    @Test
    void endsTheFrameworkAlsoWhenTheGoodbyeFails() throws InterruptedException {
        goodbye.completeExceptionally(new IllegalStateException("no loop"));
        new Stop("1.2.3", log, Broker::new, () -> seen.add("framework")).begin();
        assertEquals("broker", seen.poll(10, TimeUnit.SECONDS));
        assertEquals("framework", seen.poll(10, TimeUnit.SECONDS));
    }

    @Test
    void endsTheFrameworkAlsoWhenTheBrokerCannotBeAsked() throws InterruptedException {
        Stop stop = new Stop(
                "1.2.3",
                log,
                () -> {
                    throw new IllegalStateException("gone");
                },
                () -> seen.add("framework"));
        stop.begin();
        assertEquals("framework", seen.poll(10, TimeUnit.SECONDS));
        assertEquals(
                "ERROR Error: The broker did not stop cleanly: java.lang.IllegalStateException: gone",
                log.lines().get(1));
    }

    @Test
    void endsTheFrameworkWhenThereIsNoBroker() throws InterruptedException {
        new Stop("1.2.3", log, () -> null, () -> seen.add("framework")).begin();
        assertEquals("framework", seen.poll(10, TimeUnit.SECONDS));
    }

    @Test
    void printsTheTreeAndTheTopics() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new TopicReport(new Broker()).print(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        assertEquals(
                List.of(
                        "    a (client, 1)",
                        "Topics seen since the start: 1",
                        "    a/b?[2J (3, client, 2026-01-01T00:00:00Z)"),
                bytes.toString(StandardCharsets.UTF_8).lines().toList());
    }

    private final class Broker implements BrokerAdmin {
        @Override
        public CompletionStage<List<SessionInfo>> sessions() {
            return CompletableFuture.completedFuture(List.of());
        }

        @Override
        public CompletionStage<Boolean> disconnect(String clientId, ReasonCode reason) {
            return CompletableFuture.completedFuture(false);
        }

        @Override
        public void subscriptionTree(Consumer<String> lines) {
            lines.accept("    a (client, 1)");
        }

        @Override
        public List<TopicSeen> topicsSeen() {
            return List.of(new TopicSeen("a/b\u001b[2J", 3, "client", Instant.parse("2026-01-01T00:00:00Z")));
        }

        @Override
        public CompletionStage<Void> stop() {
            seen.add("broker");
            return goodbye;
        }
    }
}
