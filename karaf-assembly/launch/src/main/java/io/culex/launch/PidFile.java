// SPDX-License-Identifier: Apache-2.0
package io.culex.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The file of {@code pid_file}; gone when the broker has ended. */
final class PidFile {
    private static final String OWN = String.valueOf(ProcessHandle.current().pid());

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
            Files.writeString(path, OWN);
            return new PidFile(path);
        } catch (IOException e) {
            throw new LaunchException("Error: Unable to write pid file.", e);
        }
    }

    /** Removes the file, unless a broker that has started since has written its own. */
    void remove() {
        if (file == null) {
            return;
        }
        try {
            if (Files.readString(file).strip().equals(OWN)) {
                Files.delete(file);
            }
        } catch (NoSuchFileException gone) {
            // Somebody has removed it already.
        } catch (IOException e) {
            System.err.println("Warning: The pid file " + file + " cannot be removed: " + e);
        }
    }
}
