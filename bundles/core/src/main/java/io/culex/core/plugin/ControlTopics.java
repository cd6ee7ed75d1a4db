// SPDX-License-Identifier: Apache-2.0
package io.culex.core.plugin;

import io.culex.api.auth.Subject;
import io.culex.api.config.BrokerSettings;
import io.culex.api.config.Generation;
import io.culex.api.control.ControlTopic;
import io.culex.api.log.BrokerLog;
import io.culex.api.message.Message;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The {@code $CONTROL} topics that are served now (SPEC D.1). Requests run on the admin thread. Any thread. */
public final class ControlTopics {
    private static final ControlTopic.Answer NOBODY =
            new ControlTopic.Answer("{\"error\": \"endpoint not available\"}", ControlTopic.Audience.REQUESTER);

    private final List<Served> served = new CopyOnWriteArrayList<>();
    private final Executor admin;
    private final BrokerLog log;
    private volatile Generation generation = new Generation(0, "", BrokerSettings.DEFAULTS, List.of());

    /** No topic yet. */
    public ControlTopics(Executor admin, BrokerLog log) {
        this.admin = admin;
        this.log = log;
    }

    /**
     * Carries out a request; completes on any thread, never exceptionally.
     *
     * @param by the gate of the requester: a plugin's topic is served only where the plugin decides, so that a listener without
     *     it is no way round it
     */
    public CompletionStage<ControlTopic.Answer> request(Subject requester, Message message, Gate by) {
        return CompletableFuture.completedFuture(message.topic())
                .thenComposeAsync(
                        name -> {
                            ControlTopic topic = find(name, by);
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

    /** A topic's service, and which generation it is made for. */
    private record Served(ControlTopic topic, Belonging belonging) {}

    /** The one that the generation means; of several, the one that came last. */
    private @Nullable ControlTopic find(String name, Gate by) {
        Generation now = generation;
        ControlTopic found = null;
        for (Served one : served) {
            String plugin = one.belonging().plugin();
            boolean decides = plugin.isEmpty() || by.names(plugin);
            if (decides && one.topic().topic().equals(name) && one.belonging().isMeantBy(now)) {
                found = one.topic();
            }
        }
        return found;
    }

    void take(Generation next) {
        generation = next;
    }

    void add(ControlTopic topic, Map<String, Object> properties) {
        served.add(new Served(topic, Belonging.of(properties)));
    }

    @SuppressWarnings("ReferenceEquality") // a service is itself
    void remove(ControlTopic topic) {
        served.removeIf(one -> one.topic() == topic);
    }
}
