// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.aclfile;

import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A log that keeps its lines. */
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
}
