// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.store.StoreLane;
import io.culex.store.log.Content.Delivery;
import io.culex.store.log.format.SegmentHeader;
import io.culex.store.log.recover.SegmentScan;
import io.culex.store.log.segment.FaultyDisk;
import io.culex.store.log.segment.FaultyDisk.Call;
import io.culex.store.log.segment.Segment;
import io.culex.store.log.segment.StoreFolder;
import io.culex.testkit.Await;
import io.culex.testkit.RecordedLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done to a damaged segment after it was told. */
class MendTest {
    private static final int LARGE = 5 << 20;
    private static final int LONGEST = 2 << 20;
    /** Two of three are enough of a segment for the cleaner to leave it. */
    private static final int USUAL = 2000;

    /** So far from the end: behind it stands the record that says so. */
    private static final int IN_THE_LAST_MESSAGE = 60;

    private final FaultyDisk disk = new FaultyDisk();
    private final StoreFolder folder;
    private final RecordedLog log = new RecordedLog();
    private final List<Long> ids = new ArrayList<>();

    MendTest(@TempDir Path path) {
        folder = new StoreFolder(path, disk);
    }

    private LogEngine open() throws IOException {
        return LogEngine.open(folder, Stores.SMALL, log);
    }

    private void write(int... payloads) throws IOException {
        try (LogEngine store = open()) {
            StoreLane lane = store.lane(new Acks());
            lane.session(Stores.session(1));
            for (int bytes : payloads) {
                ids.add(lane.newMessage());
                lane.message(Stores.message(ids.get(ids.size() - 1), "x".repeat(bytes)), Stores.to(1), Stores.none());
            }
        }
    }

    private List<Long> found() throws IOException {
        log.lines().clear();
        try (LogEngine store = open()) {
            return Stores.content(store).of(1).deliveries.stream()
                    .map(Delivery::message)
                    .toList();
        }
    }

    private void damage(Path file, int from, int bytes) throws IOException {
        byte[] damaged = Files.readAllBytes(file);
        for (int i = from; i < from + bytes; i++) {
            damaged[i] ^= 0x55;
        }
        Files.write(file, damaged);
    }

    /** Of a segment that is damaged from end to end there is no copy in memory; beyond 512 MiB it would be no record. */
    @Test
    void fillsLargeDamageWithRecordsOfUsualSize() throws Exception {
        write(LARGE, 10);
        damage(folder.file(2), SegmentHeader.SIZE, LARGE / 2);
        open().close(); // cleans nothing: nobody was given what it holds
        assertEquals(1, log.errors().size(), log.errors()::toString);
        assertTrue(longestRecord() <= LONGEST, () -> "no record of " + LARGE + " bytes");
        log.lines().clear();
        open().close();
        assertEquals(List.of(), log.errors(), "told once");
        assertEquals(ids.subList(1, 2), found());
    }

    private int longestRecord() throws IOException {
        Path file = folder.file(2);
        int[] longest = {0};
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer head = ByteBuffer.allocate(SegmentHeader.SIZE).order(ByteOrder.LITTLE_ENDIAN);
            channel.read(head, 0);
            Segment segment =
                    new Segment(SegmentHeader.read(head.flip()).orElseThrow(), file, channel, (int) channel.size());
            SegmentScan scan = new SegmentScan();
            scan.read(segment, channel.size(), (bytes, at, length, place) -> longest[0] = Math.max(longest[0], length));
            assertEquals(List.of(), scan.damageTexts());
            assertEquals(channel.size(), scan.end());
        }
        return longest[0];
    }

    private void failCopies() {
        Path aside = folder.path().resolve("damaged");
        disk.on((call, path) -> {
            if (call == Call.OPEN && path.startsWith(aside) && !path.equals(aside)) {
                throw new IOException("Input/output error");
            }
        });
    }

    /** The file is the only evidence then. */
    @Test
    void leavesASegmentAsItIsWhoseCopyCannotBeSetAside() throws Exception {
        write(USUAL, USUAL, USUAL);
        Path file = folder.file(1);
        damage(file, (int) Files.size(file) - IN_THE_LAST_MESSAGE, 1);
        byte[] damaged = Files.readAllBytes(file);
        failCopies();
        for (int i = 0; i < 2; i++) {
            assertEquals(2, found().size());
            assertEquals(1, log.lines("is damaged: ").size(), log.lines()::toString);
            assertEquals(1, log.lines("cannot be set aside").size(), log.lines()::toString);
            assertArrayEquals(damaged, Files.readAllBytes(file));
        }
        disk.on((call, path) -> {});
        assertEquals(2, found().size());
        assertArrayEquals(damaged, Files.readAllBytes(folder.setAside().get(0)));
        found();
        assertEquals(List.of(), log.errors(), "mended");
    }

    @Test
    void movesASegmentAsideWhoseCopyCouldNotBeSetAsideWhenNothingInItIsNeeded() throws Exception {
        write(USUAL, USUAL, USUAL);
        Path file = folder.file(1);
        damage(file, (int) Files.size(file) - IN_THE_LAST_MESSAGE, 1);
        byte[] damaged = Files.readAllBytes(file);
        failCopies();
        try (LogEngine store = open()) {
            Stores.content(store);
            disk.on((call, path) -> {});
            store.lane(new Acks())
                    .ended(1, ids.stream().mapToLong(Long::longValue).toArray(), ids.size());
            Await.until("the segment to go", () -> !Files.exists(file));
        }
        assertFalse(Files.exists(file));
        assertArrayEquals(damaged, Files.readAllBytes(folder.setAside().get(0)));
    }
}
