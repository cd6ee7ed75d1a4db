// SPDX-License-Identifier: Apache-2.0
package io.culex.config;

import io.culex.api.config.Running;
import java.time.Instant;

/** The service that says what runs. */
final class RunningGeneration implements Running {
    private record State(long generation, Instant since) {}

    private volatile State state = new State(0, Instant.EPOCH);

    void change(long generation, Instant since) {
        state = new State(generation, since);
    }

    @Override
    public long generation() {
        return state.generation;
    }

    @Override
    public Instant since() {
        return state.since;
    }
}
