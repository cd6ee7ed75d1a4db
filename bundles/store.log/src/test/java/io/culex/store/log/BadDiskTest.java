// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.store.StoreLane;
import io.culex.api.store.StoredMessage;
import io.culex.store.log.append.Appender;
import io.culex.store.log.append.Disk;
import io.culex.store.log.append.Housekeeper;
import io.culex.store.log.append.Level;
import io.culex.store.log.append.Room;
import io.culex.store.log.append.Settings;
import io.culex.store.log.clean.Cleaner;
import io.culex.store.log.format.Frame;
import io.culex.store.log.format.RecordType;
import io.culex.store.log.format.SegmentHeader;
import io.culex.store.log.index.Contents;
import io.culex.store.log.read.Loader;
import io.culex.store.log.read.Wanted;
import io.culex.store.log.recover.SegmentScan;
import io.culex.store.log.segment.FaultyChannel;
import io.culex.store.log.segment.Location;
import io.culex.store.log.segment.Segment;
import io.culex.store.log.segment.Segments;
import io.culex.store.log.segment.StoreFolder;
import io.culex.testkit.RecordedLog;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that does not give some blocks of a segment any more: what stands there is lost, and nothing else. */
class BadDiskTest {
    private static final int BLOCK = 4 << 10;
    private static final int BAD = 10 * BLOCK;
    private static final int MESSAGES = 2000;
    private static final Settings SETTINGS = new Settings(Level.OS, 1 << 20, 0);

    /** Where a record stands. */
    private record Found(int place, int size, int type) {
        boolean touches(long from, long to) {
            return place < to && place + size > from;
        }
    }

    private final StoreFolder folder;
    private final RecordedLog log = new RecordedLog();
    private final Segments segments = new Segments();
    private final Contents contents = new Contents(segments);
    private final SegmentScan scan = new SegmentScan();
    private @Nullable FaultyChannel disk;
    private @Nullable Segment segment;

    BadDiskTest(@TempDir Path path) {
        folder = new StoreFolder(path);
    }

    /** One message of ten stays. */
    @BeforeEach
    void write() throws Exception {
        try (LogEngine store = LogEngine.open(folder, SETTINGS, log)) {
            StoreLane lane = store.lane(new Acks());
            lane.session(Stores.session(1));
            for (int i = 0; i < MESSAGES; i++) {
                long id = lane.newMessage();
                lane.message(Stores.message(id, "x".repeat(200)), Stores.to(1), Stores.none());
                if (i % 10 > 0) {
                    lane.done(1, id, 1, 0);
                }
            }
        }
        Path file = folder.file(1);
        ByteBuffer head = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        disk = new FaultyChannel(file);
        segment = new Segment(SegmentHeader.read(head).orElseThrow(), file, disk, head.capacity());
        segments.add(segment);
    }

    @AfterEach
    void close() throws Exception {
        segment().close();
    }

    private Segment segment() {
        assertNotNull(segment);
        return segment;
    }

    private FaultyChannel disk() {
        assertNotNull(disk);
        return disk;
    }

    private List<Found> scan() throws IOException {
        List<Found> found = new ArrayList<>();
        scan.read(segment(), disk().size(), (bytes, at, length, place) -> {
            found.add(new Found(place, Frame.size(length), Frame.type(bytes, at)));
            contents.apply(bytes, at, length, Location.of(1, place));
        });
        return found;
    }

    private static List<Found> without(List<Found> all, long from, long to) {
        return all.stream().filter(record -> !record.touches(from, to)).toList();
    }

    @Test
    void theScanPassesOverABadBlockInTheMiddle() throws Exception {
        List<Found> all = scan();
        disk().failReads(BAD, BAD + BLOCK);
        int before = disk().reads();
        assertEquals(without(all, BAD, BAD + BLOCK), scan());
        assertEquals(1, scan.damageTexts().size(), scan.damageTexts()::toString);
        assertTrue(disk().reads() - before < 20, "a bad disk takes long for each read");
    }

    @Test
    void theScanTakesABadBlockAtTheEndForDamageAndNotForATornTail() throws Exception {
        List<Found> all = scan();
        long bad = disk().size() / BLOCK * BLOCK;
        disk().failReads(bad, Long.MAX_VALUE);
        assertEquals(without(all, bad, Long.MAX_VALUE), scan());
        assertEquals(1, scan.damageTexts().size(), scan.damageTexts()::toString);
        assertFalse(scan.hasTail());
    }

    @Test
    void theScanDoesNotTakeADiskThatGivesNothingForDamage() {
        disk().failReads(0, Long.MAX_VALUE);
        IOException failure = assertThrows(IOException.class, this::scan);
        assertEquals("Input/output error", failure.getMessage());
    }

    @Test
    void theCleanerCopiesWhatItCanReadAndKeepsTheFile() throws Exception {
        List<Found> all = scan();
        contents.endReading();
        long lost = waiting()
                .filter(place -> at(all, place).touches(BAD, BAD + BLOCK))
                .count();
        assertTrue(lost > 0, "a message that is needed stands there");
        disk().failReads(BAD, BAD + BLOCK);
        clean();
        assertEquals(2, segments.all().get(0).number());
        assertEquals(
                MESSAGES / 10 - lost,
                Arrays.stream(contents.messages().locations())
                        .filter(location -> Location.segment(location) == 2)
                        .count());
        assertEquals(1, log.lines("is damaged at").size(), log.errors()::toString);
        assertEquals(1, log.lines("cannot be read everywhere").size(), log.errors()::toString);
        assertFalse(Files.exists(folder.file(1)));
        assertEquals(1, folder.setAside().size());
    }

    @Test
    void theCleanerKeepsTheFileOfWhatIsDamagedSinceTheStart() throws Exception {
        List<Found> all = scan();
        contents.endReading();
        int damaged = waiting().skip(1).findFirst().orElseThrow();
        disk().write(
                        ByteBuffer.wrap(new byte[] {0x55}),
                        damaged + at(all, damaged).size() / 2);
        clean();
        assertEquals(1, log.lines("is damaged at " + damaged).size(), log.errors()::toString);
        assertFalse(Files.exists(folder.file(1)));
        assertEquals(1, folder.setAside().size(), "the only evidence");
    }

    /** A length with a check that fits it: the memory for it is not taken on its word. */
    @Test
    void theCleanerTakesARecordThatIsLongerThanItsSegmentForDamage() throws Exception {
        scan();
        contents.endReading();
        int damaged = waiting().skip(1).findFirst().orElseThrow();
        ByteBuffer frame = ByteBuffer.allocate(Frame.HEADER).order(ByteOrder.LITTLE_ENDIAN);
        frame.putInt(0, Frame.MAX_BODY);
        Frame.begin(frame, 0, RecordType.MESSAGE, Frame.MAX_BODY);
        disk().write(frame, damaged);
        long before = directBytes();
        clean();
        assertEquals(1, log.lines("is damaged at " + damaged).size(), log.errors()::toString);
        assertTrue(directBytes() - before < Frame.MAX_BODY / 2, "no memory was taken for it");
    }

    private static long directBytes() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    private IntStream waiting() {
        return Arrays.stream(contents.messages().locations()).mapToInt(Location::place);
    }

    private static Found at(List<Found> all, int place) {
        return all.stream()
                .filter(record -> record.place() == place)
                .findFirst()
                .orElseThrow();
    }

    private void clean() throws Exception {
        Housekeeper housekeeper = new Housekeeper(folder, SETTINGS.segmentBytes(), failure -> {
            throw new IllegalStateException(failure);
        });
        Disk all = new Disk(folder, segments, housekeeper, new Room(folder, 0, log), SETTINGS);
        SegmentHeader header = new SegmentHeader(2, segment().header().node(), 2, 1);
        Appender appender = new Appender(all, header, () -> 2);
        Loader loader = new Loader(log);
        Cleaner cleaner = new Cleaner(all, contents, appender, loader, log);
        cleaner.enable();
        while (cleaner.step()) {
            continue;
        }
        housekeeper.close();
        loader.close();
        appender.active().close();
    }

    @Test
    void theLoaderGivesTheMessagesRoundABadBlock() throws Exception {
        List<Found> messages = scan().stream()
                .filter(found -> found.type() == RecordType.MESSAGE)
                .toList();
        disk().failReads(BAD, BAD + BLOCK);
        @Nullable Segment[] from = new @Nullable Segment[messages.size()];
        Arrays.fill(from, segment());
        CompletableFuture<List<@Nullable StoredMessage>> loaded = new CompletableFuture<>();
        Loader loader = new Loader(log);
        loader.load(
                from,
                messages.stream().mapToInt(Found::place).toArray(),
                messages.stream().mapToInt(Found::size).toArray(),
                new Wanted(new long[0], loaded::complete, System.nanoTime()),
                () -> {});
        List<@Nullable StoredMessage> given = loaded.get(20, TimeUnit.SECONDS);
        loader.close();
        for (int i = 0; i < given.size(); i++) {
            assertEquals(messages.get(i).touches(BAD, BAD + BLOCK), given.get(i) == null, "message " + i);
        }
    }
}
