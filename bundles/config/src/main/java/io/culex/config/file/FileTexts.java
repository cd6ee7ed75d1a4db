// SPDX-License-Identifier: Apache-2.0
package io.culex.config.file;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The text of configuration files: that on the disk, which is remembered as it is read, or that which was read earlier. On one thread.
 */
public final class FileTexts {
    private final Map<String, byte[]> files;
    private final Map<String, List<String>> folders;
    private final boolean kept;

    private FileTexts(Map<String, byte[]> files, Map<String, List<String>> folders, boolean kept) {
        this.files = files;
        this.folders = folders;
        this.kept = kept;
    }

    /** What is on the disk at the time of reading. */
    public static FileTexts ofDisk() {
        return new FileTexts(new LinkedHashMap<>(), new LinkedHashMap<>(), false);
    }

    /** What was read so far; whatever else is asked for does not exist. */
    public FileTexts kept() {
        return new FileTexts(Map.copyOf(files), Map.copyOf(folders), true);
    }

    /** Whether the same files had the same text. */
    public boolean isSameAs(FileTexts other) {
        return folders.equals(other.folders)
                && files.keySet().equals(other.files.keySet())
                && files.entrySet().stream()
                        .allMatch(file -> Arrays.equals(file.getValue(), other.files.get(file.getKey())));
    }

    boolean isFolder(String path) {
        return !kept && Files.isDirectory(Path.of(path));
    }

    byte[] read(String file) throws IOException {
        byte[] known = files.get(file);
        if (known == null) {
            mustBeOnDisk(file);
            known = Files.readAllBytes(Path.of(file));
            files.put(file, known);
        }
        return known;
    }

    /** The names of what is in a folder, in no order. */
    List<String> names(String folder) throws IOException {
        List<String> known = folders.get(folder);
        if (known == null) {
            mustBeOnDisk(folder);
            known = list(Path.of(folder));
            folders.put(folder, known);
        }
        return known;
    }

    private void mustBeOnDisk(String path) throws NoSuchFileException {
        if (kept) {
            throw new NoSuchFileException(path);
        }
    }

    private static List<String> list(Path folder) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            entries.forEach(entry -> names.add(entry.getFileName().toString()));
        }
        names.sort(null);
        return names;
    }
}
