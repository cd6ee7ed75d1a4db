// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.store.log.segment.FaultyDisk.Call;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The power may go at any time: what a folder holds is on the disk only when the folder was brought there too. */
class StoreFolderTest {
    private final Path base;
    private final Path path;
    private final FaultyDisk disk = new FaultyDisk();
    private final StoreFolder folder;
    private final List<Path> forced = new ArrayList<>();

    StoreFolderTest(@TempDir Path base) {
        this.base = base;
        path = base.resolve("a/b");
        folder = new StoreFolder(path, disk);
        disk.on((call, file) -> {
            if (call == Call.FORCE) {
                forced.add(file);
            }
        });
    }

    @Test
    void bringsTheFoldersThatItMakesToTheDisk() throws Exception {
        folder.prepare();
        assertEquals(List.of(base.resolve("a"), base), forced);
        forced.clear();
        folder.prepare();
        assertEquals(List.of(), forced);
    }

    /** The damaged file is changed when its copy is there. */
    @Test
    void bringsACopyToTheDiskWithTheFoldersOnTheWayToIt() throws Exception {
        folder.prepare();
        Path file = Files.writeString(folder.file(1), "damaged");
        forced.clear();
        Path copy = folder.setAside(file);
        assertEquals("damaged", Files.readString(copy));
        assertEquals(List.of(copy, path.resolve("damaged"), path), forced);
    }

    @Test
    void bringsTheFolderToTheDiskThatAFileWasMovedTo() throws Exception {
        folder.prepare();
        Path file = Files.writeString(folder.file(1), "damaged");
        forced.clear();
        folder.moveAside(file);
        assertEquals(List.of(path.resolve("damaged"), path), forced);
    }

    @Test
    void leavesNoHalfCopyBehind() throws Exception {
        folder.prepare();
        Path file = Files.writeString(folder.file(1), "damaged");
        disk.failReads("00000001.log", 3, Long.MAX_VALUE);
        try {
            folder.setAside(file);
        } catch (IOException e) {
            assertEquals("Input/output error", e.getMessage());
        }
        assertEquals(List.of(), folder.setAside());
        assertTrue(Files.exists(file));
    }
}
