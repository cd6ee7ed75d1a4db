// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.store.StoreLane;
import io.culex.store.log.append.Level;
import io.culex.store.log.append.Settings;
import io.culex.store.log.segment.StoreFolder;
import io.culex.testkit.RecordedLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The level that survives the end of the power: segments are filled with zeros before they are used. */
class FsyncTest {
    private static final Settings SETTINGS = new Settings(Level.FSYNC, Stores.SEGMENT, 1 << 20);

    private final Path folder;
    private final Path image;

    FsyncTest(@TempDir Path base) {
        this.folder = base.resolve("store");
        this.image = base.resolve("image");
    }

    @Test
    void holdsWhatTheModelHoldsThroughRestarts() throws Exception {
        RandomOperations operations = new RandomOperations(new Random(5));
        RecordedLog log = new RecordedLog();
        for (int run = 0; run < 3; run++) {
            try (LogEngine store = LogEngine.open(new StoreFolder(folder), SETTINGS, log)) {
                assertEquals(
                        operations.model().toString(), Stores.content(store).toString());
                Acks acks = new Acks();
                StoreLane lane = store.lane(acks);
                for (int i = 1; i <= 2000; i++) {
                    operations.next(lane);
                    if (i % 50 == 0) {
                        acks.await(i);
                    }
                }
            }
        }
        assertEquals(
                operations.model().toString(), Stores.contentOf(folder, log).toString());
        assertEquals(List.of(), log.errors());
    }

    @Test
    void deletesFilesThatAStoreHadPreparedBeforeItEndedAtOnce() throws Exception {
        Files.createDirectory(folder);
        Files.createFile(folder.resolve("prepared.tmp"));
        Files.createFile(folder.resolve("prepared-1.tmp"));
        Stores.open(folder).close();
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(
                    List.of(),
                    files.filter(file -> file.toString().endsWith(".tmp")).toList());
        }
    }

    /** What is on the disk at an instant at which everything is kept, and nobody has closed anything. */
    @Test
    void takesTheZerosBehindTheLastRecordForTheEnd() throws Exception {
        RandomOperations operations = new RandomOperations(new Random(6));
        try (LogEngine store = LogEngine.open(new StoreFolder(folder), SETTINGS, new RecordedLog())) {
            Acks acks = new Acks();
            StoreLane lane = store.lane(acks);
            long count = 0;
            while (!hasZeros() || count < 1000) {
                operations.next(lane);
                acks.await(++count);
            }
            Files.createDirectory(image);
            for (Path file : Stores.segments(folder)) {
                Files.copy(file, image.resolve(file.getFileName()));
            }
        }
        RecordedLog log = new RecordedLog();
        assertEquals(operations.model().toString(), Stores.contentOf(image, log).toString());
        assertEquals(List.of(), log.errors());
        assertEquals(List.of(), log.lines("was cut off"));
        assertTrue(Files.size(Stores.segments(image).get(0)) <= Stores.SEGMENT);
    }

    private boolean hasZeros() throws Exception {
        List<Path> segments = Stores.segments(folder);
        byte[] last = Files.readAllBytes(segments.get(segments.size() - 1));
        return last.length == Stores.SEGMENT && last[last.length - 1] == 0 && last[last.length - 999] == 0;
    }
}
