// SPDX-License-Identifier: Apache-2.0
package io.culex.testkit;

import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A log that keeps its lines, each behind its type: {@code NOTICE Client a disconnected.} */
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

    /** All lines; they may be cleared. */
    public List<String> lines() {
        return lines;
    }

    /** The lines that contain a text. */
    public List<String> lines(String text) {
        return lines.stream().filter(line -> line.contains(text)).toList();
    }

    /** How many lines contain a text. */
    public long count(String text) {
        return lines(text).size();
    }

    /** All errors. */
    public List<String> errors() {
        return lines("ERROR ");
    }
}
