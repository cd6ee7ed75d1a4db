// SPDX-License-Identifier: Apache-2.0
package io.culex.config;

import io.culex.api.config.Generation;
import io.culex.api.config.ListenerSettings;
import io.culex.api.config.Running;
import java.time.Instant;
import java.util.List;

/** The service that says what runs. */
final class RunningGeneration implements Running {
    private record State(long generation, Instant since, List<ListenerSettings> listeners) {}

    private volatile State state = new State(0, Instant.EPOCH, List.of());

    void change(Generation generation, Instant since) {
        state = new State(generation.number(), since, generation.listeners());
    }

    @Override
    public long generation() {
        return state.generation;
    }

    @Override
    public Instant since() {
        return state.since;
    }

    @Override
    public List<ListenerSettings> listeners() {
        return state.listeners;
    }
}
