// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.listen;

import io.culex.api.config.ListenerSettings;
import io.culex.transport.Endpoint;
import io.culex.transport.PipelineStage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a listener does with a new connection; replaced as a whole.
 *
 * @param settings its settings
 * @param endpoint who takes its connections; null while that is missing
 * @param stages the stages they pass, nearest to the socket first; null while one is missing
 */
record Rules(ListenerSettings settings, @Nullable Endpoint endpoint, @Nullable List<Passage> stages) {
    /** A stage, prepared for the listener. */
    record Passage(PipelineStage stage, PipelineStage.Prepared prepared) {}

    /** What connections pass, nearest to the socket first; empty while a stage is missing. */
    List<PipelineStage.Prepared> prepared() {
        return stages == null
                ? List.of()
                : stages.stream().map(Passage::prepared).toList();
    }

    /** Whether everything is there that a connection needs. */
    boolean complete() {
        return endpoint != null && stages != null;
    }

    /** Whether it uses exactly these services. */
    boolean uses(@Nullable Endpoint otherEndpoint, @Nullable List<PipelineStage> otherStages) {
        if (endpoint != otherEndpoint || stages == null || otherStages == null) {
            return false;
        }
        return stages.stream().map(Passage::stage).toList().equals(otherStages);
    }
}
