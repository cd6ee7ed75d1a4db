// SPDX-License-Identifier: Apache-2.0
package io.culex.config.generation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.List;

/**
 * Notices that files have changed, once they have stopped changing. It looks at them again and again: what watches folders for
 * events misses mounted secrets and network folders. On one thread.
 */
final class FileWatch {
    private static final String UNKNOWN = "";

    private List<String> files = List.of();
    private String taken = UNKNOWN;
    private String seen = UNKNOWN;

    /**
     * From now on these.
     *
     * @param since when they were about to be read: what is younger may have been missed and counts as changed
     */
    void watch(List<String> watched, Instant since) {
        files = watched;
        seen = state();
        taken = files.stream().anyMatch(file -> changedAfter(file, since)) ? UNKNOWN : seen;
    }

    /** Whether they differ from what was taken, and have been as they are since the look before. */
    boolean hasChanged() {
        String now = state();
        boolean changed = now.equals(seen) && !now.equals(taken);
        seen = now;
        if (changed) {
            taken = now;
        }
        return changed;
    }

    private String state() {
        StringBuilder state = new StringBuilder();
        files.forEach(file -> state.append(file).append(' ').append(state(file)).append('\n'));
        return state.toString();
    }

    private static String state(String file) {
        try {
            BasicFileAttributes attributes = attributes(file);
            return attributes.lastModifiedTime() + " " + attributes.size() + " " + attributes.fileKey();
        } catch (IOException | InvalidPathException e) {
            return "not there";
        }
    }

    private static boolean changedAfter(String file, Instant since) {
        try {
            return attributes(file).lastModifiedTime().toInstant().isAfter(since);
        } catch (IOException | InvalidPathException e) {
            return false;
        }
    }

    private static BasicFileAttributes attributes(String file) throws IOException {
        return Files.readAttributes(Path.of(file), BasicFileAttributes.class);
    }
}
