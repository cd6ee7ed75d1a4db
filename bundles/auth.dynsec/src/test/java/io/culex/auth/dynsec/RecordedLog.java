// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec;

import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What was logged. */
final class RecordedLog implements BrokerLog {
    final List<String> lines = new CopyOnWriteArrayList<>();

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

    long count(String text) {
        return lines.stream().filter(line -> line.contains(text)).count();
    }
}
