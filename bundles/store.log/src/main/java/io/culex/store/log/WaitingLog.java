// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log;

import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import io.culex.api.log.SwitchableLog;
import java.util.ArrayList;
import java.util.List;

/** Keeps the lines from before there is a log: the store is read in its constructor, the log comes after that. */
final class WaitingLog implements BrokerLog {
    private static final int MOST = 1000;

    private record Line(LogType type, String text) {}

    private final SwitchableLog log = new SwitchableLog();
    private final List<Line> waiting = new ArrayList<>();
    private boolean started;

    synchronized void use(BrokerLog service) {
        log.use(service);
        start();
    }

    void drop(BrokerLog service) {
        log.drop(service);
    }

    /** Gives out what waits, also when there is no log. */
    synchronized void start() {
        started = true;
        waiting.forEach(line -> log.log(line.type, line.text));
        waiting.clear();
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
    public synchronized void log(LogType type, String line) {
        if (started) {
            log.log(type, line);
        } else if (waiting.size() < MOST) {
            waiting.add(new Line(type, line));
        }
    }
}
