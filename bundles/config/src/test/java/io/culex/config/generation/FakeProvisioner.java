// SPDX-License-Identifier: Apache-2.0
package io.culex.config.generation;

import io.culex.api.config.GenerationRefusedException;
import io.culex.config.provision.Provision;
import io.culex.config.provision.Provisioner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes down what it is asked; everything is ready at once, or refused. */
public final class FakeProvisioner implements Provisioner {
    public List<String> calls = new ArrayList<>();

    @Nullable
    String refusal;

    @Override
    public void clean() {
        calls.add("clean");
    }

    @Override
    public void attempt(long generation, List<Provision> wanted) throws GenerationRefusedException {
        prepare(generation, wanted).undo();
    }

    @Override
    public Round prepare(long generation, List<Provision> wanted) throws GenerationRefusedException {
        Map<String, Long> generations = new HashMap<>();
        for (Provision provision : wanted) {
            calls.add("make " + provision.name());
            generations.put(provision.name(), generation);
        }
        if (refusal != null) {
            throw new GenerationRefusedException(GenerationRefusedException.Kind.CONFIGURATION, refusal);
        }
        return new Round() {
            @Override
            public Map<String, Long> generations() {
                return generations;
            }

            @Override
            public void keep() {
                calls.add("keep");
            }

            @Override
            public void undo() {
                calls.add("undo");
            }
        };
    }
}
