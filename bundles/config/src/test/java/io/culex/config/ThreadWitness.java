// SPDX-License-Identifier: Apache-2.0
package io.culex.config;

import io.culex.api.config.Generation;
import io.culex.api.config.GenerationParticipant;
import java.util.List;

/** Writes down on which threads it is called. */
record ThreadWitness(List<String> threads) implements GenerationParticipant {
    @Override
    public int order() {
        return 0;
    }

    @Override
    public void prepare(Generation generation) {
        threads.add(Thread.currentThread().getName());
    }

    @Override
    public void commit(Generation generation) {
        threads.add(Thread.currentThread().getName());
    }

    @Override
    public void abort(Generation generation) {
        threads.add(Thread.currentThread().getName());
    }
}
