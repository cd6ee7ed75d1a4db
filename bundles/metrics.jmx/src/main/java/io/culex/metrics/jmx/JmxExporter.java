// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.jmx;

import io.culex.api.admin.BrokerAdmin;
import io.culex.api.admin.Operation;
import io.culex.api.auth.PluginProperties;
import io.culex.api.config.Generation;
import io.culex.api.config.GenerationParticipant;
import io.culex.api.metrics.MetricsSource;
import io.culex.metrics.export.Maker;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.management.ObjectName;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * One MBean for each source of metrics, each operation and the broker itself, which come and go with their services; there as long
 * as a generation that means this exporter is in force. It has no options.
 */
@Component(
        service = GenerationParticipant.class,
        configurationPid = "io.culex.metrics.jmx",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = "culex.participant=metrics.jmx",
        immediate = true)
public final class JmxExporter implements GenerationParticipant {
    private static final int ORDER = 200;

    private final Maker maker;
    private final Register register;
    private final ExecutorService admin = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "culex-jmx");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<Object, Entry> entries = new IdentityHashMap<>();
    private boolean open;

    private record Entry(ObjectName name, Object bean) {}

    /** Shows nothing yet. */
    @Activate
    public JmxExporter(Map<String, Object> properties, @Reference Register register) {
        this.maker = Maker.of(properties, "jmx");
        this.register = register;
    }

    @Override
    public int order() {
        return ORDER;
    }

    @Override
    public void prepare(Generation generation) {
        // There is nothing that can fail.
    }

    @Override
    public synchronized void commit(Generation generation) {
        if (!open && maker.isMeantBy(generation)) {
            open = true;
            entries.values().forEach(entry -> register.add(entry.name, entry.bean));
        }
    }

    @Override
    public void abort(Generation generation) {
        // Nothing was prepared.
    }

    /** Takes its MBeans away. */
    @Deactivate
    public void close() {
        synchronized (this) {
            entries.values().forEach(entry -> register.remove(entry.name, entry.bean));
            entries.clear();
            open = false;
        }
        admin.shutdownNow();
    }

    private synchronized void add(Object service, ObjectName name, Object bean) {
        entries.put(service, new Entry(name, bean));
        if (open) {
            register.add(name, bean);
        }
    }

    private synchronized void remove(Object service) {
        Entry entry = entries.remove(service);
        if (entry != null) {
            register.remove(entry.name, entry.bean);
        }
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void addSource(MetricsSource source, Map<String, Object> properties) {
        add(source, Register.name("type", "Metrics", "name", nameOf(properties)), new MetricsBean(source));
    }

    void removeSource(MetricsSource source) {
        remove(source);
    }

    /** A plugin's name; else that of its configuration, or of the component; else the number of the service. */
    private static String nameOf(Map<String, Object> properties) {
        Object plugin = properties.get(PluginProperties.NAME);
        Object component = properties.get("component.name");
        if (plugin == null && component == null) {
            return "service-" + properties.get("service.id");
        }
        // Of a component made by hand there may be several: the PID tells them apart.
        Object made = properties.containsKey("service.factoryPid") ? properties.get("service.pid") : null;
        String name = String.valueOf(plugin != null ? plugin : made != null ? made : component);
        return name.startsWith("io.culex.") ? name.substring("io.culex.".length()) : name;
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void addOperation(Operation operation) {
        add(
                operation,
                Register.name("type", "Operation", "scope", operation.scope(), "name", operation.name()),
                new OperationBean(operation, admin));
    }

    void removeOperation(Operation operation) {
        remove(operation);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void addBroker(BrokerAdmin broker) {
        add(broker, Register.name("type", "Broker"), new BrokerBean(broker));
    }

    void removeBroker(BrokerAdmin broker) {
        remove(broker);
    }
}
