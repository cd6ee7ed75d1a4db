// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.store.log.format.SegmentHeader;
import io.culex.store.log.segment.FaultyDisk.Call;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The power may go at any time: what a folder holds is on the disk only when the folder was brought there too. */
class StoreFolderTest {
    private static final int TAKEN = 2000;

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

    /** One file may have two faults, told within a millisecond. */
    @Test
    void keepsEveryCopyOfOneFile() throws Exception {
        folder.prepare();
        Path file = Files.writeString(folder.file(1), "damaged");
        Path aside = Files.createDirectory(path.resolve("damaged"));
        long now = System.currentTimeMillis();
        for (long stamp = now; stamp < now + TAKEN; stamp++) {
            Files.createFile(aside.resolve("00000001.log." + stamp));
        }
        Path copy = folder.setAside(file);
        assertEquals("damaged", Files.readString(copy));
        folder.moveAside(file);
        assertEquals(TAKEN + 2, folder.setAside().size());
    }

    /** Else the power could go between, and a segment without a header be taken for a damaged one. */
    @Test
    void bringsTheHeaderOfAPreparedFileToTheDiskBeforeItHasTheNameOfASegment() throws Exception {
        folder.prepare();
        Path prepared = folder.prepared(1);
        FileChannel channel =
                folder.open(prepared, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        forced.clear();
        List<Call> calls = new ArrayList<>();
        disk.on((call, file) -> {
            if (file.equals(prepared)) {
                assertTrue(Files.exists(prepared), "it has no other name yet");
                calls.add(call);
            }
        });
        folder.adoptPrepared(new SegmentHeader(1, 1, 1, 1), new PreparedFile(prepared, channel))
                .close();
        assertEquals(List.of(Call.WRITE, Call.FORCE), calls);
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
