// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoaderTest {
    /** More than the tests may take. */
    private static final int TOO_LARGE = Integer.MAX_VALUE;

    private final RecordedLog log = new RecordedLog();
    private final Loader loader = new Loader(log);
    private final Segment segment;

    LoaderTest(@TempDir Path folder) throws Exception {
        segment = new StoreFolder(folder).createSegment(new SegmentHeader(1, 1, 1, 1));
    }

    @AfterEach
    void close() throws Exception {
        loader.close();
        segment.close();
    }

    private List<@Nullable StoredMessage> load(@Nullable Segment from, int size) throws Exception {
        CompletableFuture<List<@Nullable StoredMessage>> loaded = new CompletableFuture<>();
        loader.load(new @Nullable Segment[] {from}, new int[] {0}, new int[] {size}, loaded::complete);
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
        loader.load(new @Nullable Segment[] {null}, new int[] {0}, new int[] {0}, messages -> {
            throw new OutOfMemoryError("for the test");
        });
        assertEquals(1, load(null, 0).size());
        assertTrue(log.errors().get(0).contains("could not be given"), log.errors()::toString);
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
