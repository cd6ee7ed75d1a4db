// SPDX-License-Identifier: Apache-2.0
package io.culex.config.generation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Notices that files have changed, once they have stopped changing. It looks at them again and again: what watches folders for
 * events misses mounted secrets and network folders. On one thread.
 */
final class FileWatch {
    private static final State UNKNOWN = new State("", "");
    private static final String BASIC = "lastModifiedTime,size,fileKey";

    private List<String> files = List.of();
    private State taken = UNKNOWN;
    private State seen = UNKNOWN;
    private boolean refused;

    /**
     * How the files are.
     *
     * @param content differs whenever what is in them does
     * @param rights differs also when their owners or permissions do; empty where the system does not say
     */
    private record State(String content, String rights) {}

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

    /**
     * What came of the last attempt to take them. After a refusal other owners or permissions count as a change, too: one of
     * them may not have been readable. Else they do not, since everything that was read is still the same.
     */
    void attempted(boolean successful) {
        refused = !successful;
    }

    /** Whether they differ from what was taken, and have been as they are since the look before. */
    boolean hasChanged() {
        State now = state();
        boolean settled = now.equals(seen);
        seen = now;
        if (!settled) {
            return false;
        }
        boolean changed = refused ? !now.equals(taken) : !now.content().equals(taken.content());
        taken = now;
        return changed;
    }

    private State state() {
        StringBuilder content = new StringBuilder();
        StringBuilder rights = new StringBuilder();
        for (String file : files) {
            content.append(file).append(' ');
            try {
                Map<String, Object> found = attributes(Path.of(file));
                content.append(found.get("lastModifiedTime")).append(' ').append(found.get("size"));
                content.append(' ').append(found.get("fileKey"));
                rights.append(found.get("ctime"));
            } catch (IOException | InvalidPathException e) {
                content.append("not there");
            }
            content.append('\n');
            rights.append('\n');
        }
        return new State(content.toString(), rights.toString());
    }

    private static Map<String, Object> attributes(Path file) throws IOException {
        boolean unix = file.getFileSystem().supportedFileAttributeViews().contains("unix");
        return Files.readAttributes(file, unix ? "unix:ctime," + BASIC : BASIC);
    }

    private static boolean changedAfter(String file, Instant since) {
        try {
            return Files.getLastModifiedTime(Path.of(file)).toInstant().isAfter(since);
        } catch (IOException | InvalidPathException e) {
            return false;
        }
    }
}
