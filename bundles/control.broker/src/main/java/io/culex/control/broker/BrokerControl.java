// SPDX-License-Identifier: Apache-2.0
package io.culex.control.broker;

import io.culex.api.auth.PluginProperties;
import io.culex.api.auth.Subject;
import io.culex.api.config.BrokerSettings;
import io.culex.api.config.Generation;
import io.culex.api.config.GenerationParticipant;
import io.culex.api.control.ControlTopic;
import io.culex.api.message.Message;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Says what the generation in force has: listeners and plugins. Answers only with {@code enable_control_api}. Any thread. */
@Component(
        service = {ControlTopic.class, GenerationParticipant.class},
        property = "culex.participant=control.broker")
public final class BrokerControl implements ControlTopic, GenerationParticipant {
    private static final String TOPIC = "$CONTROL/broker/v1";
    private static final int ORDER = 200;

    /** What a client hears of a topic that nobody serves (SPEC D.1). */
    private static final Answer NOT_THERE = new Answer("{\"error\": \"endpoint not available\"}", Audience.REQUESTER);

    private final Map<ControlTopic, String> topics = new ConcurrentHashMap<>();
    private volatile Generation generation = new Generation(0, "", BrokerSettings.DEFAULTS, List.of());

    /** Waits for the first generation. */
    @Activate
    public BrokerControl() {}

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            target = "(" + PluginProperties.NAME + "=*)")
    void bindTopic(ControlTopic service, Map<String, Object> properties) {
        topics.put(service, String.valueOf(properties.get(PluginProperties.NAME)));
    }

    void unbindTopic(ControlTopic service) {
        topics.remove(service);
    }

    @Override
    public int order() {
        return ORDER;
    }

    @Override
    public void prepare(Generation next) {
        // Nothing can fail.
    }

    @Override
    public void commit(Generation next) {
        generation = next;
    }

    @Override
    public void abort(Generation next) {
        // Nothing was prepared.
    }

    @Override
    public String topic() {
        return TOPIC;
    }

    @Override
    public CompletionStage<Answer> request(Subject requester, Message request) {
        Generation now = generation;
        if (!now.broker().controlApi()) {
            return CompletableFuture.completedFuture(NOT_THERE);
        }
        String body = new String(request.payload().toBytes(), StandardCharsets.UTF_8);
        String answer = new Request(new Listing(now, topics)).answer(body);
        return CompletableFuture.completedFuture(new Answer(answer, Audience.SUBSCRIBERS));
    }
}
