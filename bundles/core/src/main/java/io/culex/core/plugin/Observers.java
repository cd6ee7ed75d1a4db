// SPDX-License-Identifier: Apache-2.0
package io.culex.core.plugin;

import io.culex.api.intercept.SessionObserver;
import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The observers of sessions that are there now; one that fails is logged and does not harm the others. Any thread. */
public final class Observers {
    private final List<SessionObserver> observers = new CopyOnWriteArrayList<>();
    private final BrokerLog log;

    /** Nobody yet. */
    public Observers(BrokerLog log) {
        this.log = log;
    }

    /** Tells everyone. */
    public void tell(Consumer<SessionObserver> event) {
        for (SessionObserver observer : observers) {
            try {
                event.accept(observer);
            } catch (Throwable e) {
                log.log(LogType.ERROR, "Error: An observer of sessions failed: " + e);
            }
        }
    }

    void add(SessionObserver observer) {
        observers.add(observer);
    }

    void remove(SessionObserver observer) {
        observers.remove(observer);
    }
}
