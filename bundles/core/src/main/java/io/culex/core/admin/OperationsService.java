// SPDX-License-Identifier: Apache-2.0
package io.culex.core.admin;

import io.culex.api.admin.Operation;
import io.culex.api.admin.Operations;
import io.culex.core.plugin.PluginRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Runs operations of plugins on the core's admin thread. Any thread. */
@Component(service = Operations.class)
public final class OperationsService implements Operations {
    private final Executor admin;

    /** On the thread of that registry. */
    @Activate
    public OperationsService(@Reference PluginRegistry registry) {
        this.admin = registry.admin();
    }

    @Override
    public CompletionStage<List<String>> run(Operation operation, Map<String, String> arguments) {
        return CompletableFuture.completedFuture(Map.copyOf(arguments)).thenComposeAsync(operation::run, admin);
    }
}
