// SPDX-License-Identifier: Apache-2.0
package io.culex.core.plugin;

import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import io.culex.api.log.SwitchableLog;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The log for the core: the log service may be swapped without the core noticing. Any thread. */
@Component(service = CoreLog.class)
public final class CoreLog implements BrokerLog {
    private final SwitchableLog log = new SwitchableLog();

    /** Without a log yet. */
    @Activate
    public CoreLog() {}

    /** A log that is there for ever, for use without OSGi. */
    public static CoreLog of(BrokerLog log) {
        CoreLog made = new CoreLog();
        made.bind(log);
        return made;
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bind(BrokerLog service) {
        log.use(service);
    }

    void unbind(BrokerLog service) {
        log.drop(service);
    }

    @Override
    public boolean enabled(LogType type) {
        return log.enabled(type);
    }

    @Override
    public boolean connectionMessages() {
        return log.connectionMessages();
    }

    @Override
    public void log(LogType type, String line) {
        log.log(type, line);
    }
}
