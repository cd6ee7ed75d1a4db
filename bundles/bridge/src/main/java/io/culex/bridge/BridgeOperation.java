// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge;

import io.culex.api.admin.Operation;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What a person may ask of bridges. */
abstract class BridgeOperation implements Operation {
    static final Argument NAME = new Argument("name", "The name of the bridge, as after connection.", true);

    private final String name;
    private final String description;
    private final List<Argument> arguments;
    private final Bridges bridges;

    BridgeOperation(String name, String description, List<Argument> arguments, Bridges bridges) {
        this.name = name;
        this.description = description;
        this.arguments = arguments;
        this.bridges = bridges;
    }

    /** What it says. */
    abstract List<String> answer(Map<String, String> given) throws RefusedException;

    final Map<String, Bridge> all() {
        return bridges.all();
    }

    /** The bridge that {@code name} names. */
    final Bridge named(Map<String, String> given) throws RefusedException {
        @Nullable Bridge bridge = all().get(given.getOrDefault(NAME.name(), ""));
        if (bridge == null) {
            throw new RefusedException("There is no bridge '" + given.get(NAME.name()) + "'. There are: "
                    + String.join(", ", all().keySet()) + ".");
        }
        return bridge;
    }

    @Override
    public final String scope() {
        return "bridge";
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final String description() {
        return description;
    }

    @Override
    public final List<Argument> arguments() {
        return arguments;
    }

    @Override
    public final CompletionStage<List<String>> run(Map<String, String> given) {
        try {
            return CompletableFuture.completedFuture(answer(given));
        } catch (RefusedException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
