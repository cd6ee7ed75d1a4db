// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec;

import io.culex.api.admin.Operation;
import io.culex.auth.dynsec.command.Command;
import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/**
 * The operations of one file for a person at a console: all commands, and what only the broker can do. They are services as long
 * as some plugin has the file. Declarative Services cannot make a service for each entry of a list, so they are registered here.
 */
final class Console {
    private static final String SCOPE = "dynsec";

    private final List<ServiceRegistration<Operation>> registered = new ArrayList<>();

    /**
     * Registers them.
     *
     * @param first whether no other file has them; the operations of another file have its name in their scope
     */
    Console(LiveFile file, BundleContext context, boolean first) {
        String scope = first ? SCOPE : SCOPE + "-" + file.path().getFileName();
        for (Operation operation : operations(file, scope)) {
            registered.add(context.registerService(Operation.class, operation, null));
        }
    }

    static List<Operation> operations(LiveFile file, String scope) {
        List<Operation> operations = new ArrayList<>();
        for (Command command : file.requests().commands().all()) {
            operations.add(new CommandOperation(scope, command, file.requests()));
        }
        operations.addAll(FileOperation.of(scope, file));
        return operations;
    }

    void close() {
        registered.forEach(ServiceRegistration::unregister);
        registered.clear();
    }
}
