// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.store.MessageStore.State;
import io.culex.api.store.StoreLane;
import io.culex.store.log.segment.FaultyDisk;
import io.culex.store.log.segment.FaultyDisk.Call;
import io.culex.store.log.segment.StoreFolder;
import io.culex.testkit.Await;
import io.culex.testkit.RecordedLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailureTest {
    private final Path folder;

    FailureTest(@TempDir Path folder) {
        this.folder = folder;
    }

    /** A closed file stands for a disk that fails: nothing that can be done about it. */
    @Test
    void keepsNothingMoreAfterAFailureAndTellsEveryLaneOnce() throws Exception {
        RecordedLog log = new RecordedLog();
        LogEngine store = Stores.open(folder, log);
        Acks acks = new Acks();
        Acks others = new Acks();
        StoreLane lane = store.lane(acks);
        store.lane(others);
        lane.session(Stores.session(1));
        acks.await(1);
        store.breakFile();
        for (int i = 0; i < 1000; i++) {
            lane.message(Stores.message(lane.newMessage(), "x"), Stores.to(1), Stores.none());
        }
        assertTrue(acks.awaitFailure() instanceof IOException);
        others.awaitFailure();
        assertEquals(State.FAILED, store.state());
        assertEquals(1, log.errors().size(), log.errors()::toString);
        assertTrue(log.errors().get(0).contains("The store has failed and keeps nothing any more"));
        Acks late = new Acks();
        store.lane(late).done(1, 1, 1, 0);
        late.awaitFailure();
        assertThrows(IllegalStateException.class, store::sync);
        assertEquals(1, acks.kept());
        assertEquals(List.of(1, 1, 1), List.of(acks.failures(), others.failures(), late.failures()));
        store.close();
        assertEquals(1, Stores.contentOf(folder, log).sessions.size());
    }

    /** What the kernel could not write it may have dropped: also what only the end of the process is to survive. */
    @Test
    void keepsNothingMoreWhenItCannotBeBroughtToTheDiskWhateverTheLevel() throws Exception {
        RecordedLog log = new RecordedLog();
        FaultyDisk disk = new FaultyDisk();
        StoreFolder files = new StoreFolder(folder, disk);
        try (LogEngine store = LogEngine.open(files, Stores.SMALL, log)) {
            Acks acks = new Acks();
            StoreLane lane = store.lane(acks);
            lane.session(Stores.session(1));
            acks.await(1);
            disk.on((call, file) -> {
                if (call == Call.FORCE && file.equals(files.file(1))) {
                    throw new IOException("Input/output error");
                }
            });
            assertThrows(IllegalStateException.class, store::sync);
            assertTrue(acks.awaitFailure() instanceof IOException);
            assertEquals(State.FAILED, store.state());
            lane.session(Stores.session(2));
        }
        assertEquals(
                List.of("ERROR Error: The store has failed and keeps nothing any more: " + files.file(1)
                        + " cannot be brought to the disk: Input/output error"),
                log.errors());
        assertEquals(1, Stores.contentOf(folder, log).sessions.size());
    }

    /** What waits for the log, which comes after the store, would be lost. */
    @Test
    void saysWhatThereIsToSayAlsoWhenThereIsNoMemoryToOpenIt() throws Exception {
        Files.createFile(folder.resolve("importing"));
        FaultyDisk disk = new FaultyDisk();
        StoreFolder files = new StoreFolder(folder, disk);
        disk.on((call, file) -> {
            if (file.equals(files.file(1))) {
                throw new OutOfMemoryError("for the test");
            }
        });
        List<String> lines = new CopyOnWriteArrayList<>();
        Handler handler = new StreamHandler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(line.getMessage());
            }
        };
        Logger logger = Logger.getLogger("io.culex");
        logger.addHandler(handler);
        try {
            assertThrows(OutOfMemoryError.class, () -> new LogStore(files, Stores.SMALL));
        } finally {
            logger.removeHandler(handler);
        }
        assertEquals(1, lines.size(), lines::toString);
        disk.on((call, file) -> {});
        new LogStore(files, Stores.SMALL).close();
    }

    /** The thread that is told has ended by then. */
    @Test
    void saysAlsoWhatFailsWhileItIsClosed() throws Exception {
        RecordedLog log = new RecordedLog();
        FaultyDisk disk = new FaultyDisk();
        LogEngine store = LogEngine.open(new StoreFolder(folder, disk), Stores.SMALL, log);
        CompletableFuture<Void> go = new CompletableFuture<>();
        store.snapshot(extents -> go.join());
        Acks acks = new Acks();
        StoreLane lane = store.lane(acks);
        lane.session(Stores.session(1));
        for (int i = 0; i < 1000; i++) {
            lane.message(Stores.message(lane.newMessage(), "x".repeat(100)), Stores.to(1), Stores.none());
        }
        acks.await(1001);
        disk.on((call, file) -> {
            if (call == Call.OPEN && file.equals(folder)) {
                throw new IOException("Input/output error");
            }
        });
        CompletableFuture<Void> closed = CompletableFuture.runAsync(() -> {
            try {
                store.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        Await.until("the thread that writes to end", () -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("culex-store-commit")));
        go.complete(null);
        closed.get(20, TimeUnit.SECONDS);
        assertEquals(1, log.errors().size(), log.errors()::toString);
    }
}
