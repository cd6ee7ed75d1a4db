// SPDX-License-Identifier: Apache-2.0
package io.culex.core.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.culex.api.auth.Peer;
import io.culex.api.auth.PluginProperties;
import io.culex.api.auth.Subject;
import io.culex.api.config.BrokerSettings;
import io.culex.api.config.Generation;
import io.culex.api.control.ControlTopic;
import io.culex.api.message.Message;
import io.culex.testkit.RecordedLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ControlTopicsTest {
    private static final Subject SUBJECT = new Subject("id", null, Peer.of("door", null));

    /** Has done each task on another thread before the caller goes on. */
    private final Executor admin =
            task -> CompletableFuture.runAsync(task, Executors.newThread()).join();

    private final RecordedLog log = new RecordedLog();
    private final ControlTopics topics = new ControlTopics(admin, log);
    private final List<Thread> threads = new ArrayList<>();

    private static final class Executors {
        static Executor newThread() {
            return task -> new Thread(task, "admin").start();
        }
    }

    private ControlTopic topic(Function<Message, CompletionStage<ControlTopic.Answer>> work) {
        return new ControlTopic() {
            @Override
            public String topic() {
                return "$CONTROL/x/v1";
            }

            @Override
            public CompletionStage<Answer> request(Subject requester, Message request) {
                threads.add(Thread.currentThread());
                return work.apply(request);
            }
        };
    }

    private Gate gate(String plugin) {
        return new Gate(Gate.State.OPEN, true, List.of(new Plugin(new Guard(plugin, log), null, null, null, null)));
    }

    @Test
    void aPluginsTopicIsServedOnlyWhereThePluginDecides() {
        topics.add(saying("secret"), Map.of(PluginProperties.NAME, "x"));
        assertEquals("secret", ask());
        String other = topics.request(SUBJECT, Message.of("$CONTROL/x/v1", "hello"), gate("y"))
                .toCompletableFuture()
                .join()
                .body();
        assertEquals("{\"error\": \"endpoint not available\"}", other);
    }

    private String ask() {
        return topics.request(SUBJECT, Message.of("$CONTROL/x/v1", "hello"), gate("x"))
                .toCompletableFuture()
                .join()
                .body();
    }

    @Test
    void aTopicThatNobodyServesIsAnswered() {
        assertEquals("{\"error\": \"endpoint not available\"}", ask());
    }

    @Test
    void aRequestRunsOnTheAdminThreadOnly() {
        topics.add(
                topic(message -> CompletableFuture.completedFuture(
                        new ControlTopic.Answer(message.payload().asText(), ControlTopic.Audience.REQUESTER))),
                Map.of());
        assertEquals("hello", ask());
        assertNotEquals(List.of(Thread.currentThread()), threads);
    }

    @Test
    void aFailureIsAnAnswerToo() {
        topics.add(
                topic(message -> {
                    throw new IllegalStateException();
                }),
                Map.of());
        assertEquals("{\"error\": \"Internal error\"}", ask());
        assertEquals(1, log.count("failed"));
    }

    @Test
    void anotherServiceOfATopicStaysWhenTheFirstGoes() {
        ControlTopic first = topic(message -> CompletableFuture.failedFuture(new IllegalStateException()));
        ControlTopic second = topic(message ->
                CompletableFuture.completedFuture(new ControlTopic.Answer("2", ControlTopic.Audience.REQUESTER)));
        topics.add(first, Map.of());
        topics.add(second, Map.of());
        topics.remove(first);
        assertEquals("2", ask());
    }

    private ControlTopic saying(String text) {
        return topic(message ->
                CompletableFuture.completedFuture(new ControlTopic.Answer(text, ControlTopic.Audience.REQUESTER)));
    }

    private static Map<String, Object> madeFor(long generation) {
        return Map.of(
                PluginProperties.NAME,
                "x",
                PluginProperties.GENERATION,
                generation,
                PluginProperties.ORIGIN,
                Generation.origin("run"));
    }

    private void take(long generation) {
        topics.take(
                new Generation(generation, "run", BrokerSettings.DEFAULTS, List.of()).with(Map.of("x", generation)));
    }

    @Test
    void whatIsMadeForAGenerationServesOnlyThat() {
        take(1);
        ControlTopic next = saying("next");
        topics.add(saying("now"), madeFor(1));
        topics.add(next, madeFor(2));
        assertEquals("now", ask());
        topics.remove(next);
        assertEquals("now", ask());
        topics.add(next, madeFor(2));
        take(2);
        assertEquals("next", ask());
    }
}
