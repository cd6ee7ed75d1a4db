// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.store.StoreLane;
import io.culex.store.log.format.SegmentHeader;
import io.culex.store.log.segment.FaultyDisk;
import io.culex.store.log.segment.FaultyDisk.Call;
import io.culex.store.log.segment.StoreFolder;
import io.culex.store.log.write.Statistics.Gauge;
import io.culex.testkit.Await;
import io.culex.testkit.RecordedLog;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Segments that the log does not need any more, while their files are still there: the thread that deletes them is busy. */
class GivenUpTest {
    private static final int MESSAGES = 100;

    private final Path folder;
    private final Path image;
    private final FaultyDisk disk = new FaultyDisk();
    private final RecordedLog log = new RecordedLog();
    private final CompletableFuture<Void> go = new CompletableFuture<>();
    private final Acks acks = new Acks();
    private final LogEngine store;
    private final StoreLane lane;
    private long operations;
    private long kept;

    GivenUpTest(@TempDir Path base) throws IOException {
        folder = base.resolve("store");
        image = base.resolve("image");
        store = LogEngine.open(new StoreFolder(folder, disk), Stores.SMALL, log);
        lane = store.lane(acks);
    }

    /**
     * All segments but the last are given up. In the second stands what was done with messages of the first; the one message of
     * that which is still needed was copied to the third.
     */
    @BeforeEach
    void giveUp() throws InterruptedException {
        Stores.content(store);
        store.snapshot(extents -> go.join());
        lane.session(Stores.session(1));
        operations++;
        kept = message();
        List<Long> early = messages();
        List<Long> late = messages();
        fill(2);
        early.forEach(this::done);
        List<Long> middle = messages();
        fill(3);
        late.forEach(this::done);
        fill(4);
        middle.forEach(this::done);
        acks.await(operations);
        Await.until("segments to be given up", () -> store.statistics().get(Gauge.SEGMENTS) == 1);
    }

    @AfterEach
    void close() throws IOException {
        go.complete(null);
        store.close();
    }

    private long message() {
        long id = lane.newMessage();
        lane.message(Stores.message(id, "x".repeat(200)), Stores.to(1), Stores.none());
        operations++;
        return id;
    }

    private List<Long> messages() {
        return LongStream.range(0, MESSAGES).map(i -> message()).boxed().toList();
    }

    private void done(long id) {
        lane.done(1, id, 1, 0);
        operations++;
    }

    /** With what nobody needs, until there are so many files. */
    private void fill(int files) throws InterruptedException {
        while (Stores.segments(folder).size() < files) {
            messages().forEach(this::done);
            acks.await(operations);
        }
    }

    private List<Long> left(Path where, RecordedLog lines) throws IOException {
        return Stores.contentOf(where, lines).of(1).deliveries.stream()
                .map(Content.Delivery::message)
                .toList();
    }

    /** What was done with its messages stands in the next one. */
    @Test
    void noneGoesWhileAnOlderOneHasToStay() throws Exception {
        disk.on((call, file) -> {
            if (call == Call.FORCE && file.endsWith("00000003.log")) {
                throw new IOException("Input/output error");
            }
        });
        go.complete(null);
        acks.awaitFailure();
        store.close();
        RecordedLog next = new RecordedLog();
        assertEquals(List.of(kept), left(folder, next));
        assertEquals(List.of(), next.errors());
    }

    /** Another thread takes the place of the one that has ended so: it must not go on with the next. */
    @Test
    void noneGoesWhenThereWasNoMemoryToDeleteAnOlderOne() throws Exception {
        AtomicBoolean first = new AtomicBoolean(true);
        disk.on((call, file) -> {
            if (call == Call.FORCE && file.endsWith("00000003.log") && first.getAndSet(false)) {
                throw new OutOfMemoryError("for the test");
            }
        });
        go.complete(null);
        acks.awaitFailure();
        store.close();
        RecordedLog next = new RecordedLog();
        assertEquals(List.of(kept), left(folder, next));
        assertEquals(List.of(), next.errors());
    }

    /** Of the later ones the power may have left no more than that they were begun: the copy is not there then. */
    @Test
    void whatItsCopyHasNotReachedTheDiskForIsStillReadFromIt() throws Exception {
        fill(6);
        Files.createDirectory(image);
        List<Path> files = Stores.segments(folder);
        assertEquals("00000001.log", files.get(0).getFileName().toString());
        for (Path file : files) {
            Path copy = Files.copy(file, image.resolve(file.getFileName()));
            if (!file.equals(files.get(0))) {
                try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
                    channel.truncate(SegmentHeader.SIZE);
                }
            }
        }
        assertTrue(left(image, new RecordedLog()).contains(kept));
    }
}
