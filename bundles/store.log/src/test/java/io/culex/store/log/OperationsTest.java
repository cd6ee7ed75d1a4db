// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.admin.Operation;
import io.culex.api.metrics.Metric;
import io.culex.api.store.StoreLane;
import io.culex.store.log.segment.FaultyDisk;
import io.culex.store.log.segment.StoreFolder;
import io.culex.testkit.RecordedLog;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperationsTest {
    private final Path folder;
    private final Path backup;
    private final LogStore store;
    private StoreLane lane;
    private final Acks acks = new Acks();

    OperationsTest(@TempDir Path base) throws Exception {
        folder = base.resolve("store");
        backup = base.resolve("backup");
        store = new LogStore(folder, Stores.SMALL);
        lane = store.lane(acks);
    }

    @BeforeEach
    void begin() {
        store.recover(new Content());
        lane.session(Stores.session(1));
    }

    @AfterEach
    void close() throws Exception {
        store.close();
    }

    private static List<String> run(Operation operation, Map<String, String> arguments) throws Exception {
        return operation.run(arguments).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void infoSaysWhatIsThere() throws Exception {
        lane.message(Stores.message(lane.newMessage(), "x"), Stores.to(1), Stores.none());
        lane.retain(Stores.retained(lane.newMessage(), "a", "x"), 1);
        acks.await(3);
        store.sync();
        List<String> lines = run(new StoreInfo(store), Map.of());
        assertTrue(
                lines.containsAll(List.of(
                        "folder: " + folder,
                        "state: READY",
                        "sessions: 1",
                        "messages that sessions wait for: 1, for 1 receivers",
                        "retained messages: 1",
                        "damaged places found: 0")),
                lines::toString);
    }

    @Test
    void verifyFindsADamagedRecordWhileTheStoreIsInUse() throws Exception {
        for (int i = 0; i < 2000; i++) {
            lane.message(Stores.message(lane.newMessage(), "x".repeat(100)), Stores.to(1), Stores.none());
        }
        acks.await(2001);
        List<String> lines = run(new StoreVerify(store), Map.of());
        assertTrue(lines.get(0).endsWith(" 0 damaged places"), lines::toString);

        Path file = Stores.segments(folder).get(1);
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(20_000);
            open.write(0x55);
        }
        lines = run(new StoreVerify(store), Map.of());
        assertEquals(2, lines.size(), lines::toString);
        assertTrue(lines.get(0).startsWith(file + " is damaged: "), lines::toString);
        assertTrue(lines.get(1).endsWith(" 1 damaged places"), lines::toString);
    }

    @Test
    void verifyFindsADamagedHeader() throws Exception {
        acks.await(1);
        Path file = Stores.segments(folder).get(0);
        for (int at : new int[] {520, 30}) {
            try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
                open.seek(at);
                open.write(0x55);
            }
            List<String> lines = run(new StoreVerify(store), Map.of());
            assertEquals(List.of(file + " is damaged: its header", "1 files, 1 records, 1 damaged places"), lines);
        }
    }

    /** All the rest is what a backup is for. */
    @Test
    void backupCopiesRoundWhatTheDiskDoesNotGive(@TempDir Path base) throws Exception {
        FaultyDisk disk = new FaultyDisk();
        StoreFolder place = new StoreFolder(base, disk);
        RecordedLog log = new RecordedLog();
        try (LogEngine engine = LogEngine.open(place, Stores.SMALL, log)) {
            StoreLane into = engine.lane(new Acks());
            into.session(Stores.session(1));
            for (int i = 0; i < 100; i++) {
                into.message(Stores.message(into.newMessage(), "x".repeat(200)), Stores.to(1), Stores.none());
            }
        }
        disk.failReads("00000001.log", 8192, 12288);
        LogStore bad = new LogStore(place, Stores.SMALL);
        List<String> lines = run(new StoreBackup(bad), Map.of("folder", backup.toString()));
        bad.close();
        assertEquals(
                List.of(
                        "The store was copied to " + backup + ".",
                        "Warning: " + place.file(1) + " cannot be read everywhere (Input/output error): the copy has"
                                + " nothing for 1 blocks of 4096 bytes."),
                lines);
        Content content = Stores.contentOf(backup, log);
        assertTrue(
                content.of(1).deliveries.size() > 80,
                () -> content.of(1).deliveries.size() + " are left");
        assertEquals(1, log.errors().size(), log.errors()::toString);
    }

    @Test
    void backupIsOneInstantOfAStoreInUse() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        long[] stored = {0};
        Thread busy = new Thread(() -> {
            while (!stop.get()) {
                // Two sessions always have the same messages, in one record.
                long id = lane.newMessage();
                lane.message(Stores.message(id, "x".repeat(50)), Stores.to(1, 2), Stores.none());
                if (stored[0]++ % 3 != 0) {
                    lane.done(1, id, 1, 0);
                    lane.done(2, id, 1, 0);
                }
                while (lane.backlog() > 1 << 20) {
                    Thread.onSpinWait();
                }
            }
        });
        lane.session(Stores.session(2));
        acks.await(2);
        busy.start();
        acks.await(20_000);
        List<String> lines = run(new StoreBackup(store), Map.of("folder", backup.toString()));
        stop.set(true);
        busy.join();
        assertEquals(List.of("The store was copied to " + backup + "."), lines);

        RecordedLog log = new RecordedLog();
        Content content = Stores.contentOf(backup, log);
        int first = content.of(1).deliveries.size();
        int second = content.of(2).deliveries.size();
        assertTrue(first > 2000);
        assertTrue(second == first || second == first + 1, first + " and " + second);
        assertEquals(List.of(), log.errors());
    }

    @Test
    void backupRefusesAFolderWithAStoreInIt() throws Exception {
        run(new StoreBackup(store), Map.of("folder", backup.toString()));
        ExecutionException failure = assertThrows(
                ExecutionException.class, () -> run(new StoreBackup(store), Map.of("folder", backup.toString())));
        assertTrue(failure.getCause() instanceof Operation.RefusedException);
        assertTrue(String.valueOf(failure.getMessage()).contains("There is a store in " + backup + " already."));
        assertThrows(ExecutionException.class, () -> run(new StoreBackup(store), Map.of()));
    }

    @Test
    void ofTwoBackupsToOneFolderAtATimeTheFirstIsThere() throws Exception {
        acks.await(1);
        CountDownLatch both = new CountDownLatch(1);
        CompletableFuture<Void> busy = store.engine().snapshot(extents -> {
            try {
                both.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        });
        StoreBackup operation = new StoreBackup(store);
        var first = operation.run(Map.of("folder", backup.toString())).toCompletableFuture();
        var second = operation.run(Map.of("folder", backup.toString())).toCompletableFuture();
        both.countDown();
        busy.get(20, TimeUnit.SECONDS);
        first.get(20, TimeUnit.SECONDS);
        assertThrows(ExecutionException.class, () -> second.get(20, TimeUnit.SECONDS));
        assertEquals(1, Stores.contentOf(backup, new RecordedLog()).sessions.size());
    }

    /** A part of a store would be taken for all of it. */
    @Test
    void backupThatFailsLeavesNothingThatLooksLikeAStore() throws Exception {
        for (int i = 0; i < 2000; i++) {
            lane.message(Stores.message(lane.newMessage(), "x".repeat(100)), Stores.to(1), Stores.none());
        }
        acks.await(2001);
        try (RandomAccessFile open =
                new RandomAccessFile(Stores.segments(folder).get(1).toFile(), "rw")) {
            open.setLength(10_000);
        }
        ExecutionException failure = assertThrows(
                ExecutionException.class, () -> run(new StoreBackup(store), Map.of("folder", backup.toString())));
        assertTrue(
                String.valueOf(failure.getMessage())
                        .endsWith(Stores.segments(folder).get(1) + " ends too early, at 10000."),
                failure::toString);
        assertEquals(List.of(), List.of(Objects.requireNonNull(backup.toFile().list())));
    }

    @Test
    void metricsFollow() throws Exception {
        lane.message(Stores.message(lane.newMessage(), "x"), Stores.to(1), Stores.none());
        acks.await(2);
        store.sync();
        assertEquals(2, value("store_records"));
        assertEquals(1, value("store_messages"));
        assertEquals(1, value("store_segments"));
        assertEquals(0, value("store_corruptions"));
        assertTrue(value("store_live_bytes") > 100);
        assertTrue(value("store_commit_seconds") > 0);
    }

    private double value(String name) {
        double[] value = {-1};
        Metric metric = store.metrics().stream()
                .filter(found -> found.name().equals(name))
                .findFirst()
                .orElseThrow();
        metric.reader().accept((sample, labels) -> value[0] = sample);
        return value[0];
    }

    @Test
    void anotherStoreMayOpenTheFolderAtOnceWhenThisOneIsClosed() throws Exception {
        lane.message(Stores.message(lane.newMessage(), "x"), Stores.to(1), Stores.none());
        store.close();
        assertEquals(2, acks.kept());
        Content content = new Content();
        LogStore next = new LogStore(folder, Stores.SMALL);
        next.recover(content);
        assertEquals(1, content.of(1).deliveries.size());
        next.close();
    }
}
