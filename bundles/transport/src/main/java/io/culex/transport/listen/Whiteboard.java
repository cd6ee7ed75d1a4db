// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.listen;

import io.culex.api.config.GenerationRefusedException;
import io.culex.api.config.GenerationRefusedException.Kind;
import io.culex.api.config.ListenerSettings;
import io.culex.transport.Endpoint;
import io.culex.transport.PipelineStage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints and stages there are. Of several for one protocol, or with one order, the one that came last is used: a new
 * version takes over as soon as it is there.
 */
final class Whiteboard {
    private final List<Endpoint> endpoints = new CopyOnWriteArrayList<>();
    private final List<PipelineStage> stages = new CopyOnWriteArrayList<>();

    void add(Endpoint endpoint) {
        endpoints.add(endpoint);
    }

    void remove(Endpoint endpoint) {
        endpoints.remove(endpoint);
    }

    void add(PipelineStage stage) {
        stages.add(stage);
    }

    void remove(PipelineStage stage) {
        stages.remove(stage);
    }

    /**
     * The rules of a listener of a new generation, with every stage prepared anew.
     *
     * @throws GenerationRefusedException when a service is missing or a stage refuses
     */
    Rules require(ListenerSettings settings) throws GenerationRefusedException {
        Endpoint endpoint = endpoint(settings.protocol())
                .orElseThrow(() -> new GenerationRefusedException(
                        Kind.CONFIGURATION,
                        "Error: Nothing serves the protocol '%s' of listener %s."
                                .formatted(settings.protocol(), settings.name())));
        List<PipelineStage> needed = stages(settings);
        Optional<String> orphan = orphan(settings, needed);
        if (orphan.isPresent()) {
            throw new GenerationRefusedException(
                    Kind.CONFIGURATION,
                    "Error: Nothing serves the option '%s' of listener %s.".formatted(orphan.get(), settings.name()));
        }
        return new Rules(settings, endpoint, prepare(settings, needed));
    }

    /**
     * The rules of an open listener with the services there are now: the same object when none of them changed, incomplete
     * ones when something is missing.
     *
     * @throws GenerationRefusedException when a stage refuses
     */
    Rules renew(Rules rules) throws GenerationRefusedException {
        ListenerSettings settings = rules.settings();
        @Nullable Endpoint endpoint = endpoint(settings.protocol()).orElse(null);
        List<PipelineStage> needed = stages(settings);
        if (orphan(settings, needed).isPresent()) {
            return new Rules(settings, endpoint, null);
        }
        return rules.uses(endpoint, needed) ? rules : new Rules(settings, endpoint, prepare(settings, needed));
    }

    /** Behind the stage for WebSocket stands the endpoint of MQTT. */
    private Optional<Endpoint> endpoint(String protocol) {
        String behind = protocol.equals("websockets") ? "mqtt" : protocol;
        return endpoints.stream()
                .filter(endpoint -> endpoint.protocol().equals(behind))
                .reduce((older, newer) -> newer);
    }

    private List<PipelineStage> stages(ListenerSettings settings) {
        TreeMap<Integer, PipelineStage> byOrder = new TreeMap<>();
        for (PipelineStage stage : stages) {
            if (stage.appliesTo(settings)) {
                byOrder.put(stage.order(), stage);
            }
        }
        return List.copyOf(byOrder.values());
    }

    /** An option that no stage serves; the first one, so that messages do not vary. */
    private static Optional<String> orphan(ListenerSettings settings, List<PipelineStage> needed) {
        TreeSet<String> left = new TreeSet<>(settings.stages().keySet());
        needed.forEach(stage -> left.removeAll(stage.options()));
        return left.stream().findFirst();
    }

    private static List<Rules.Passage> prepare(ListenerSettings settings, List<PipelineStage> needed)
            throws GenerationRefusedException {
        List<Rules.Passage> prepared = new ArrayList<>();
        for (PipelineStage stage : needed) {
            prepared.add(new Rules.Passage(stage, stage.prepare(settings)));
        }
        return List.copyOf(prepared);
    }
}
