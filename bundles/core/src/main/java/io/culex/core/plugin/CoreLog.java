// SPDX-License-Identifier: Apache-2.0
package io.culex.core.plugin;

import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The log for the core: the log service may be swapped without the core noticing. Any thread. */
@Component(service = CoreLog.class)
public final class CoreLog implements BrokerLog {
    private volatile @Nullable BrokerLog log;

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
        log = service;
    }

    void unbind(BrokerLog service) {
        if (log == service) {
            log = null;
        }
    }

    @Override
    public boolean enabled(LogType type) {
        BrokerLog now = log;
        return now != null && now.enabled(type);
    }

    @Override
    public boolean connectionMessages() {
        BrokerLog now = log;
        return now != null && now.connectionMessages();
    }

    @Override
    public void log(LogType type, String line) {
        BrokerLog now = log;
        if (now != null) {
            now.log(type, line);
        } else if (type == LogType.ERROR || type == LogType.WARNING) {
            // While the log is being swapped, what a person must know goes to the JVM's own log.
            System.getLogger("io.culex.core").log(System.Logger.Level.WARNING, line);
        }
    }
}
