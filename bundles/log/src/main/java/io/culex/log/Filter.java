// SPDX-License-Identifier: Apache-2.0
package io.culex.log;

import io.culex.api.config.LogSettings;
import io.culex.api.log.LogType;

/** What is logged at all. One bit for each type, so that asking costs a loop nothing. */
record Filter(int types, boolean connectionMessages) {
    static Filter of(LogSettings settings) {
        int types = 0;
        if (!settings.destinations().isEmpty()) {
            for (LogType type : settings.types()) {
                types |= 1 << type.ordinal();
            }
        }
        return new Filter(types, settings.connectionMessages());
    }

    boolean passes(LogType type) {
        return (types & 1 << type.ordinal()) != 0;
    }
}
