// SPDX-License-Identifier: Apache-2.0
package io.culex.core.plugin;

import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what is logged. */
public final class RecordedLog implements BrokerLog {
    private final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public boolean enabled(LogType type) {
        return true;
    }

    @Override
    public boolean connectionMessages() {
        return true;
    }

    @Override
    public void log(LogType type, String line) {
        lines.add(type + " " + line);
    }

    /** Type and text of each line. */
    public List<String> lines() {
        return lines;
    }

    /** How many lines hold the text. */
    public long count(String text) {
        return lines.stream().filter(line -> line.contains(text)).count();
    }
}
