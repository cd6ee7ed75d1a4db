// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log;

import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import java.util.ArrayList;
import java.util.List;

/** Remembers what is logged. */
public final class RecordedLog implements BrokerLog {
    private final List<String> lines = new ArrayList<>();

    @Override
    public boolean enabled(LogType type) {
        return true;
    }

    @Override
    public boolean connectionMessages() {
        return true;
    }

    @Override
    public synchronized void log(LogType type, String line) {
        lines.add(type + " " + line);
    }

    /** The lines that contain the text. */
    public synchronized List<String> lines(String text) {
        return lines.stream().filter(line -> line.contains(text)).toList();
    }

    /** All errors. */
    public List<String> errors() {
        return lines("ERROR ");
    }
}
