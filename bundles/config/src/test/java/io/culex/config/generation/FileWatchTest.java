// SPDX-License-Identifier: Apache-2.0
package io.culex.config.generation;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWatchTest {
    private static final Instant READ_AT = Instant.ofEpochSecond(1_000);

    private final Path dir;
    private final FileWatch watch = new FileWatch();

    FileWatchTest(@TempDir Path dir) throws IOException {
        this.dir = dir;
        write("a", "1", 10);
        write("b", "1", 20);
        watch.watch(List.of(dir.resolve("a").toString(), dir.resolve("b").toString()), READ_AT);
    }

    private void write(String name, String text, long second) throws IOException {
        Path file = Files.writeString(dir.resolve(name), text);
        Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(second)));
    }

    @Test
    void nothingHasChangedWhileNothingChanges() {
        assertFalse(watch.hasChanged());
        assertFalse(watch.hasChanged());
    }

    @Test
    void aChangeCountsOnceWhenItHasSettled() throws IOException {
        write("b", "12", 1_010);
        assertFalse(watch.hasChanged());
        write("b", "123", 1_011);
        assertFalse(watch.hasChanged());
        assertTrue(watch.hasChanged());
        assertFalse(watch.hasChanged());
    }

    @Test
    void aFileThatGoesOrComesIsAChange() throws IOException {
        Files.delete(dir.resolve("a"));
        watch.hasChanged();
        assertTrue(watch.hasChanged());
        write("a", "1", 1_020);
        watch.hasChanged();
        assertTrue(watch.hasChanged());
    }

    /** Backups do so to files that nobody has touched. */
    @Test
    void otherPermissionsAreNoChangeOfFilesThatWereTaken() throws IOException {
        changePermissions("a");
        assertFalse(watch.hasChanged());
        assertFalse(watch.hasChanged());
        watch.attempted(false);
        assertFalse(watch.hasChanged());
    }

    @Test
    void otherPermissionsAreAChangeAfterARefusal() throws IOException {
        watch.attempted(false);
        changePermissions("a");
        assertFalse(watch.hasChanged());
        assertTrue(watch.hasChanged());
        assertFalse(watch.hasChanged());
        watch.attempted(true);
        changePermissions("a");
        assertFalse(watch.hasChanged());
        assertFalse(watch.hasChanged());
    }

    /** In another tick of the file system's clock than all that was before. */
    private void changePermissions(String name) throws IOException {
        Path file = dir.resolve(name);
        Object before = Files.getAttribute(file, "unix:ctime");
        do {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        } while (before.equals(Files.getAttribute(file, "unix:ctime")));
    }

    @Test
    void whatChangedWhileItWasReadIsReadAgain() throws IOException {
        write("a", "2", 1_001);
        watch.watch(List.of(dir.resolve("a").toString()), READ_AT);
        assertTrue(watch.hasChanged());
        assertFalse(watch.hasChanged());
    }
}
