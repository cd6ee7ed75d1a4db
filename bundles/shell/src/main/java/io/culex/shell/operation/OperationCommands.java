// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.operation;

import io.culex.api.admin.Operation;
import io.culex.api.admin.Operations;
import io.culex.api.log.BrokerLog;
import io.culex.api.log.SwitchableLog;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.karaf.shell.api.console.Registry;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Makes a command of every operation that a plugin offers, for as long as the plugin does. Any thread. */
@Component(
        service = {},
        immediate = true)
public final class OperationCommands {
    private final Registry registry;
    private final Operations operations;
    private final SwitchableLog log = new SwitchableLog();
    private final Map<Operation, OperationCommand> commands = new ConcurrentHashMap<>();

    /** In the console's registry. */
    @Activate
    public OperationCommands(@Reference SessionFactory sessions, @Reference Operations operations) {
        this.registry = sessions.getRegistry();
        this.operations = operations;
    }

    @Deactivate
    void close() {
        commands.values().forEach(registry::unregister);
        commands.clear();
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void add(Operation operation) {
        OperationCommand command = new OperationCommand(operation, operations, log, () -> System.out);
        commands.put(operation, command);
        registry.register(command);
    }

    void remove(Operation operation) {
        OperationCommand command = commands.remove(operation);
        if (command != null) {
            registry.unregister(command);
        }
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindLog(BrokerLog service) {
        log.use(service);
    }

    void unbindLog(BrokerLog service) {
        log.drop(service);
    }
}
