// SPDX-License-Identifier: Apache-2.0
package io.culex.transport;

import io.culex.api.config.ListenerSettings;
import java.util.Set;

/** A stage that finds no memory for a connection. */
public final class HungryStage implements PipelineStage {
    @Override
    public int order() {
        return 1;
    }

    @Override
    public Set<String> options() {
        return Set.of();
    }

    @Override
    public boolean appliesTo(ListenerSettings settings) {
        return true;
    }

    @Override
    public Prepared prepare(ListenerSettings settings) {
        return hungry();
    }

    @Override
    public boolean appliesTo(DialRequest request) {
        return true;
    }

    @Override
    public Prepared prepare(DialRequest request) {
        return hungry();
    }

    private static Prepared hungry() {
        return channel -> {
            throw new OutOfMemoryError("as if");
        };
    }
}
