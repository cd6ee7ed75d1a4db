// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.append;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.store.log.format.SegmentHeader;
import io.culex.store.log.segment.FaultyDisk;
import io.culex.store.log.segment.FaultyDisk.Call;
import io.culex.store.log.segment.Segment;
import io.culex.store.log.segment.Segments;
import io.culex.store.log.segment.StoreFolder;
import io.culex.testkit.RecordedLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppenderTest {
    private static final Settings SETTINGS = new Settings(Level.FSYNC, 64 << 10, 0);

    /** Some file systems need space also for what overwrites zeros. */
    @Test
    void waitsForRoomAlsoForTheHeaderOfAPreparedFile(@TempDir Path path) throws Exception {
        RecordedLog log = new RecordedLog();
        FaultyDisk disk = new FaultyDisk();
        StoreFolder folder = new StoreFolder(path, disk);
        Segments segments = new Segments();
        Housekeeper housekeeper = new Housekeeper(folder, SETTINGS.segmentBytes(), failure -> {
            throw new IllegalStateException(failure);
        });
        Room room = new Room(folder, 0, log);
        Appender appender = new Appender(
                new Disk(folder, segments, housekeeper, room, SETTINGS), new SegmentHeader(1, 1, 1, 1), () -> 1);
        housekeeper.doing(() -> {}).join();
        assertTrue(housekeeper.hasPrepared());
        AtomicInteger full = new AtomicInteger(2);
        disk.on((call, file) -> {
            if (call == Call.WRITE && file.equals(folder.prepared(1)) && full.getAndDecrement() > 0) {
                throw new IOException("No space left on device");
            }
        });
        appender.roll();
        assertEquals(2, appender.active().number());
        assertEquals(folder.file(2), appender.active().path());
        assertTrue(Files.exists(folder.file(2)));
        assertEquals(1, log.lines("is full").size(), log.errors()::toString);
        housekeeper.close();
        for (Segment segment : segments.all()) {
            segment.close();
        }
    }
}
