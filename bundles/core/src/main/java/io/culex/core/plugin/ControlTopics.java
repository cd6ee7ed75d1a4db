// SPDX-License-Identifier: Apache-2.0
package io.culex.core.plugin;

import io.culex.api.auth.Subject;
import io.culex.api.control.ControlTopic;
import io.culex.api.log.BrokerLog;
import io.culex.api.message.Message;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** The {@code $CONTROL} topics that are served now (SPEC D.1). Requests run on the admin thread. Any thread. */
public final class ControlTopics {
    private static final ControlTopic.Answer NOBODY =
            new ControlTopic.Answer("{\"error\": \"endpoint not available\"}", ControlTopic.Audience.REQUESTER);

    private final Map<String, ControlTopic> topics = new ConcurrentHashMap<>();
    private final Executor admin;
    private final BrokerLog log;

    /** No topic yet. */
    public ControlTopics(Executor admin, BrokerLog log) {
        this.admin = admin;
        this.log = log;
    }

    /** Carries out a request; completes on any thread, never exceptionally. */
    public CompletionStage<ControlTopic.Answer> request(Subject requester, Message message) {
        return CompletableFuture.completedFuture(message.topic())
                .thenComposeAsync(
                        name -> {
                            ControlTopic topic = topics.get(name);
                            return topic == null
                                    ? CompletableFuture.completedFuture(NOBODY)
                                    : topic.request(requester, message);
                        },
                        admin)
                .exceptionally(failure -> {
                    new Guard("$CONTROL", log).failed(failure);
                    return new ControlTopic.Answer("{\"error\": \"Internal error\"}", ControlTopic.Audience.REQUESTER);
                });
    }

    void add(ControlTopic topic) {
        topics.put(topic.topic(), topic);
    }

    void remove(ControlTopic topic) {
        topics.remove(topic.topic(), topic);
    }
}
