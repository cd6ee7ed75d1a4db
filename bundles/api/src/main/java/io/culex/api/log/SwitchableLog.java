// SPDX-License-Identifier: Apache-2.0
package io.culex.api.log;

import org.jspecify.annotations.Nullable;

/**
 * A log whose service may come, go and be replaced while others write to it. For components that must not be restarted because
 * the log is. While there is no service, errors and warnings go to the JVM's own log and the rest nowhere. Any thread.
 */
public final class SwitchableLog implements BrokerLog {
    private volatile @Nullable BrokerLog log;

    /** Without a service yet. */
    public SwitchableLog() {}

    /** The service to write to from now on. */
    public void use(BrokerLog service) {
        log = service;
    }

    /** The service is gone; nothing happens when another one is used already. */
    public void drop(BrokerLog service) {
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
            System.getLogger("io.culex").log(System.Logger.Level.WARNING, line);
        }
    }
}
