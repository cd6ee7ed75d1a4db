// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import io.culex.api.store.Loaded;
import io.culex.api.store.StoredMessage;
import io.culex.store.log.format.SegmentHeader;
import io.culex.store.log.segment.Segment;
import io.culex.store.log.segment.StoreFolder;
import io.culex.testkit.RecordedLog;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoaderTest {
    /** More than the tests may take. */
    private static final int TOO_LARGE = Integer.MAX_VALUE;

    private final RecordedLog log = new RecordedLog();
    private final Loader loader = new Loader(log);
    private final Path folder;
    private final Segment segment;

    LoaderTest(@TempDir Path folder) throws Exception {
        this.folder = folder;
        segment = new StoreFolder(folder).createSegment(new SegmentHeader(1, 1, 1, 1));
    }

    @AfterEach
    void close() throws Exception {
        loader.close();
        segment.close();
    }

    private void load(@Nullable Segment from, int size, Wanted wanted, Runnable again) {
        loader.load(new @Nullable Segment[] {from}, new int[] {0}, new int[] {size}, wanted, again);
    }

    private List<@Nullable StoredMessage> load(@Nullable Segment from, int size) throws Exception {
        CompletableFuture<List<@Nullable StoredMessage>> loaded = new CompletableFuture<>();
        load(from, size, new Wanted(new long[1], loaded::complete, System.nanoTime()), () -> {});
        return loaded.get(20, TimeUnit.SECONDS);
    }

    @Test
    void answersWithoutAMessageForWhichThereIsNoMemoryAndGoesOn() throws Exception {
        List<@Nullable StoredMessage> messages = load(segment, TOO_LARGE);
        assertEquals(1, messages.size());
        assertNull(messages.get(0));
        assertEquals(1, log.lines("There is no memory for a message").size(), log.errors()::toString);
        assertEquals(0, loader.damagedCount());
        assertEquals(1, load(null, 0).size());
    }

    @Test
    void goesOnWhenTheOneWhoAskedFailsForWantOfMemory() throws Exception {
        Loaded target = messages -> {
            throw new OutOfMemoryError("for the test");
        };
        load(null, 0, new Wanted(new long[1], target, System.nanoTime()), () -> {});
        assertEquals(1, load(null, 0).size());
        assertTrue(log.errors().get(0).contains("could not be given"), log.errors()::toString);
    }

    /** It asks for nothing else before it is answered. */
    @Test
    void answersOnceMoreOneWhoCouldNotTakeTheAnswerForWantOfMemory() throws Exception {
        AtomicBoolean first = new AtomicBoolean(true);
        CompletableFuture<List<@Nullable StoredMessage>> loaded = new CompletableFuture<>();
        Loaded target = messages -> {
            if (first.getAndSet(false)) {
                throw new OutOfMemoryError("for the test");
            }
            loaded.complete(messages);
        };
        Wanted wanted = new Wanted(new long[1], target, System.nanoTime());
        load(null, 0, wanted, () -> load(null, 0, wanted, () -> {}));
        assertEquals(1, loaded.get(20, TimeUnit.SECONDS).size());
    }

    @Test
    void goesOnWhenThereIsNoMemoryEvenToSaySo() throws Exception {
        Loader silent = new Loader(new RefusingLog());
        Loaded target = messages -> {
            throw new OutOfMemoryError("for the test");
        };
        CompletableFuture<List<@Nullable StoredMessage>> loaded = new CompletableFuture<>();
        for (Loaded one : List.<Loaded>of(target, loaded::complete)) {
            Wanted wanted = new Wanted(new long[1], one, System.nanoTime());
            silent.load(new @Nullable Segment[1], new int[1], new int[1], wanted, () -> {});
        }
        silent.close();
        assertEquals(1, loaded.get(20, TimeUnit.SECONDS).size());
    }

    private record RefusingLog() implements BrokerLog {
        @Override
        public boolean enabled(LogType type) {
            return true;
        }

        @Override
        public boolean connectionMessages() {
            return true;
        }

        @Override
        public void log(LogType type, String line) {
            throw new OutOfMemoryError("for the test");
        }
    }

    /** By then the disk may give it again, or the cleaner has put it elsewhere. */
    @Test
    void asksAgainForWhatTheDiskDoesNotGive() throws Exception {
        Segment gone = new StoreFolder(folder).createSegment(new SegmentHeader(2, 1, 1, 1));
        gone.close();
        CompletableFuture<List<@Nullable StoredMessage>> loaded = new CompletableFuture<>();
        Wanted wanted = new Wanted(new long[1], loaded::complete, System.nanoTime() + TimeUnit.HOURS.toNanos(1));
        load(gone, 64, wanted, () -> load(null, 0, wanted, () -> {}));
        assertEquals(1, loaded.get(20, TimeUnit.SECONDS).size());
        assertEquals(0, loader.damagedCount());
        assertEquals(List.of(), log.errors());
        assertEquals(1, log.lines("will be read again").size());
    }

    /** Whoever asked waits for the answer. */
    @Test
    void answersWithoutAMessageWhoseLengthCannotBe() throws Exception {
        segment.channel()
                .write(ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN).putInt(0, TOO_LARGE), 0);
        List<@Nullable StoredMessage> messages = load(segment, 64);
        assertEquals(1, messages.size());
        assertNull(messages.get(0));
        assertEquals(1, loader.damagedCount());
    }
}
