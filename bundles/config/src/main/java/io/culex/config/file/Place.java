// SPDX-License-Identifier: Apache-2.0
package io.culex.config.file;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where something stands in the configuration.
 *
 * @param file as it was named
 * @param line from 1
 * @param includedAt the {@code include_dir} line of the main file that led here, or null in the main file
 */
public record Place(String file, int line, @Nullable Place includedAt) {
    /** The log lines that follow an error found here, in Mosquitto's words. */
    public List<String> errorLines() {
        List<String> lines = new ArrayList<>();
        if (includedAt == null) {
            lines.add("Error found at " + this + ".");
        } else {
            lines.add("Error found at '" + this + "'.");
            lines.addAll(includedAt.errorLines());
        }
        return lines;
    }

    @Override
    public String toString() {
        return file + ":" + line;
    }
}
