// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.append;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.culex.store.log.format.SegmentHeader;
import io.culex.store.log.segment.FaultyDisk;
import io.culex.store.log.segment.FaultyDisk.Call;
import io.culex.store.log.segment.PreparedFile;
import io.culex.store.log.segment.Segment;
import io.culex.store.log.segment.StoreFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HousekeeperTest {
    private static final int SIZE = 64 << 10;

    private final Path path;
    private final FaultyDisk disk = new FaultyDisk();
    private final StoreFolder folder;
    private final List<IOException> failures = new CopyOnWriteArrayList<>();
    private final Housekeeper housekeeper;

    HousekeeperTest(@TempDir Path path) {
        this.path = path;
        folder = new StoreFolder(path, disk);
        housekeeper = new Housekeeper(folder, SIZE, failures::add);
    }

    @AfterEach
    void close() throws Exception {
        housekeeper.close();
        assertEquals(List.of(), failures);
    }

    private void awaitWork() {
        housekeeper.doing(() -> {}).join();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private PreparedFile taken() {
        PreparedFile file = housekeeper.takePrepared();
        assertNotNull(file);
        return file;
    }

    /** What is acknowledged must be in the file that has the segment's name. */
    private void adoptAndCheck(long number, PreparedFile file) throws IOException {
        byte[] text = {1, 2, 3};
        try (Segment segment = folder.adoptPrepared(new SegmentHeader(number, 1, 1, 1), file)) {
            segment.channel().write(ByteBuffer.wrap(text), SegmentHeader.SIZE);
            byte[] bytes = Files.readAllBytes(folder.file(number));
            assertEquals(SIZE, bytes.length);
            assertArrayEquals(text, new byte[] {
                bytes[SegmentHeader.SIZE], bytes[SegmentHeader.SIZE + 1], bytes[SegmentHeader.SIZE + 2]
            });
        }
    }

    @Test
    void preparesAnotherFileWhileTheOneBeforeIsAdopted() throws Exception {
        housekeeper.prepare();
        awaitWork();
        PreparedFile first = taken();
        housekeeper.prepare();
        awaitWork();
        adoptAndCheck(1, first);
        adoptAndCheck(2, taken());
        assertEquals(List.of("00000001.log", "00000002.log"), files());
    }

    @Test
    void preparesOneFileAtATimeHoweverOftenItIsAskedFor() throws Exception {
        CompletableFuture<Void> go = new CompletableFuture<>();
        housekeeper.doing(go::join);
        CompletableFuture<PreparedFile> first = new CompletableFuture<>();
        housekeeper.prepare();
        housekeeper.doing(() -> first.complete(taken()));
        housekeeper.prepare();
        housekeeper.prepare();
        go.complete(null);
        awaitWork();
        assertNull(housekeeper.takePrepared());
        adoptAndCheck(1, first.join());
        assertEquals(List.of("00000001.log"), files());
    }

    @Test
    void preparesAgainAfterOneThatFailed() throws Exception {
        Files.createFile(folder.prepared(1));
        housekeeper.prepare();
        awaitWork();
        assertNull(housekeeper.takePrepared());
        housekeeper.prepare();
        awaitWork();
        adoptAndCheck(1, taken());
    }

    /** What was done with its messages may stand in the next one. */
    @Test
    void keepsADamagedFileAndThoseAfterItUntilThereIsRoomToMoveItAside() throws Exception {
        disk.on((call, file) -> {
            if (call == Call.MAKE) {
                throw new IOException("No space left on device");
            }
        });
        CompletableFuture<Void> gone = new CompletableFuture<>();
        try (Segment damaged = folder.createSegment(new SegmentHeader(1, 1, 1, 1));
                Segment next = folder.createSegment(new SegmentHeader(2, 1, 1, 1))) {
            damaged.keepFile();
            housekeeper.delete(damaged, List.of(), () -> {});
            housekeeper.delete(next, List.of(), () -> gone.complete(null));
            awaitWork();
            assertEquals(List.of("00000001.log", "00000002.log"), files());
            assertEquals(1, housekeeper.oldest(3));
            disk.on((call, file) -> {});
            gone.get(20, TimeUnit.SECONDS);
        }
        assertEquals(List.of("damaged"), files());
        assertEquals(1, folder.setAside().size());
        assertEquals(3, housekeeper.oldest(3));
    }

    @Test
    void leavesNoPreparedFileWhenItEnds() throws Exception {
        housekeeper.prepare();
        housekeeper.close();
        assertEquals(List.of(), files());
    }
}
