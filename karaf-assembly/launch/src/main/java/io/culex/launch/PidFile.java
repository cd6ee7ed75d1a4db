// SPDX-License-Identifier: Apache-2.0
package io.culex.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The file of {@code pid_file}; gone when the broker has ended. */
final class PidFile {
    private final @Nullable Path file;

    private PidFile(@Nullable Path file) {
        this.file = file;
    }

    /**
     * Writes the process id.
     *
     * @param file where, or null: nowhere
     * @throws LaunchException when it cannot be written; the start ends then (SPEC A.4)
     */
    static PidFile write(@Nullable String file) throws LaunchException {
        if (file == null) {
            return new PidFile(null);
        }
        Path path = Path.of(file);
        try {
            Files.writeString(path, String.valueOf(ProcessHandle.current().pid()));
            return new PidFile(path);
        } catch (IOException e) {
            throw new LaunchException("Error: Unable to write pid file.", e);
        }
    }

    /** Removes the file. */
    void remove() {
        if (file != null && !file.toFile().delete() && file.toFile().exists()) {
            System.err.println("Warning: The pid file " + file + " cannot be removed.");
        }
    }
}
