// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.store.StoreLane;
import io.culex.store.log.mosquitto.DatabaseBytes;
import io.culex.store.log.mosquitto.Import;
import io.culex.store.log.segment.FaultyDisk;
import io.culex.store.log.segment.FaultyDisk.Call;
import io.culex.store.log.segment.StoreFolder;
import io.culex.testkit.RecordedLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Path folder;
    private final Path database;
    private final Path begun;
    private final FaultyDisk disk = new FaultyDisk();
    private final StoreFolder store;
    private final RecordedLog log = new RecordedLog();

    ImportTest(@TempDir Path folder) {
        this.folder = folder;
        database = folder.resolve("mosquitto.db");
        begun = folder.resolve("importing");
        store = new StoreFolder(folder, disk);
    }

    private LogEngine open() throws IOException {
        return Import.open(store, log, lock -> LogEngine.open(store, Stores.SMALL, log, lock));
    }

    private Content content() throws IOException {
        try (LogEngine engine = open()) {
            return Stores.content(engine);
        }
    }

    /** Somebody took the database away and went on with what there was; it must not go when the database is back. */
    @Test
    void doesNotBeginAnewOnceAStoreIsInUse() throws Exception {
        Files.createFile(begun);
        LogStore used = new LogStore(folder, Stores.SMALL);
        assertFalse(Files.exists(begun));
        Acks acks = new Acks();
        StoreLane lane = used.lane(acks);
        lane.session(Stores.session(1));
        acks.await(1);
        used.close();
        Files.write(database, new DatabaseBytes().bytes());
        assertEquals(1, content().sessions.size());
    }

    /** A date has eight digits too: it is no store, and none that was half made either. */
    @Test
    void takesTheFileOfAnotherProgramForNoStore() throws Exception {
        Files.write(database, new DatabaseBytes().client("c").bytes());
        Path dated = Files.writeString(folder.resolve("20240101.log"), "a line of another program\n");
        assertEquals(1, content().sessions.size());
        assertEquals(1, log.lines("The store took over").size(), log.lines()::toString);

        Files.createFile(begun);
        assertEquals(1, content().sessions.size());
        assertEquals("a line of another program\n", Files.readString(dated));
    }

    @Test
    void saysHowMuchItLeavesOut() throws Exception {
        Files.write(
                database,
                new DatabaseBytes()
                        .client("c")
                        .message(1, "t", 10)
                        .clientMessage("c", 1)
                        .clientMessage("nobody", 1)
                        .clientMessage("c", 2)
                        .subscription("c", "t")
                        .subscription("nobody", "t")
                        .bytes());
        Content content = content();
        assertEquals(1, content.sessions.size());
        assertTrue(content.toString().contains("Delivery"), content::toString);
        assertEquals(
                List.of("WARNING Warning: 2 messages for clients and 1 subscriptions in " + database
                        + " were left out: their client, or the message itself, is not in it."),
                log.lines("left out"));
    }

    @Test
    void givesWhatWasNotReleasedToOneMemberOfEachSharedSubscriptionToo() throws Exception {
        Files.write(
                database,
                new DatabaseBytes()
                        .client("publisher")
                        .client("a")
                        .client("b")
                        .subscription("a", "$share/g/t")
                        .subscription("b", "$share/g/t")
                        .subscription("b", "$share/h/+")
                        .subscription("b", "$share/g/other")
                        .message(1, "t", 10)
                        .unreleased("publisher", 1)
                        .bytes());
        assertEquals(
                List.of(0, 1, 1),
                content().sessions.values().stream()
                        .map(session -> session.deliveries.size())
                        .toList());
    }

    /** It is retained when its client releases it, which clears the topic: an empty message is none that could be kept. */
    @Test
    void clearsATopicWithWhatWasNotReleased() throws Exception {
        Files.write(
                database,
                new DatabaseBytes()
                        .client("publisher")
                        .message(1, "t", 10)
                        .retained(1)
                        .clearing(2, "t")
                        .unreleased("publisher", 2)
                        .bytes());
        Content content = content();
        assertEquals("{}", content.retained.toString());
        assertEquals(2, content.retainedVersion);
        assertEquals(
                List.of(Set.of(1)),
                content.sessions.values().stream()
                        .map(session -> session.inbound)
                        .toList());
    }

    @Test
    void givesWhatWasNotReleasedToNobodyWhoDoesNotHearItself() throws Exception {
        Files.write(
                database,
                new DatabaseBytes()
                        .client("publisher")
                        .client("other")
                        .subscriptionToOthers("publisher", "#")
                        .subscriptionToOthers("other", "#")
                        .message(1, "t", 10)
                        .unreleased("publisher", 1)
                        .bytes());
        assertEquals(
                List.of(0, 1),
                content().sessions.values().stream()
                        .map(session -> session.deliveries.size())
                        .toList());
    }

    /** What it has found half made may be whole, and in use, by the time that it deletes it. */
    @Test
    void letsNobodyElseIntoTheFolderAfterItsFirstLook() throws Exception {
        Files.write(database, new DatabaseBytes().client("c").bytes());
        // Whose it is the first look must find out by its header.
        Path dated = Files.writeString(folder.resolve("20240101.log"), "a line of another program\n");
        List<String> refusals = new ArrayList<>();
        disk.on((call, file) -> {
            if (file.equals(dated) && refusals.isEmpty()) {
                refusals.add("none");
                refusals.set(0, useAsAnotherDoes());
            }
        });
        Content content = content();
        assertEquals(
                List.of("Error: The store's folder " + folder + " is in use by a store of this process."), refusals);
        assertEquals(1, content.sessions.size());
    }

    /** Returns why it cannot. */
    private String useAsAnotherDoes() {
        try {
            new LogStore(folder, Stores.SMALL).close();
            return "it can";
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** All of a large database would be in memory once more. */
    @Test
    void waitsForTheDiskWhileMuchIsNotWritten() throws Exception {
        DatabaseBytes bytes = new DatabaseBytes().client("c");
        for (int i = 1; i <= 10; i++) {
            bytes.message(i, "t", 10).clientMessage("c", i);
        }
        Files.write(database, bytes.bytes());
        try (CountingStore counting = Import.open(store, log, lock -> new CountingStore(lock, () -> {}))) {
            assertEquals(10, counting.messages);
            assertTrue(counting.most <= 3 * CountingStore.EACH, () -> "at most " + counting.most);
            assertEquals(0, counting.waiting);
        }
    }

    @Test
    void givesTheFolderFreeWhenThereIsNoMemoryForIt() throws Exception {
        Files.write(
                database,
                new DatabaseBytes()
                        .client("c")
                        .message(1, "t", 10)
                        .clientMessage("c", 1)
                        .bytes());
        Runnable noMemory = () -> {
            throw new OutOfMemoryError("for the test");
        };
        assertThrows(OutOfMemoryError.class, () -> Import.open(store, log, lock -> new CountingStore(lock, noMemory)));
        assertTrue(Files.exists(begun), "the next start begins anew");
        assertTrue(content().toString().contains("Delivery"));
    }

    /** What is written in the log waits for the log, which comes after the store. */
    @Test
    void givesUpWhenThereIsNoRoomForIt() throws Exception {
        DatabaseBytes bytes = new DatabaseBytes().client("c");
        for (int i = 1; i <= 100; i++) {
            bytes.message(i, "t", 1000).clientMessage("c", i);
        }
        Files.write(database, bytes.bytes());
        disk.on((call, file) -> {
            if (call == Call.WRITE && file.equals(store.file(2))) {
                throw new IOException("No space left on device");
            }
        });
        IOException refusal = assertTimeoutPreemptively(LIMIT, () -> assertThrows(IOException.class, this::open));
        assertEquals(
                "Error: " + database + " cannot be taken over: the disk of " + folder + " is full.",
                refusal.getMessage());
        assertTrue(Files.exists(begun), "the next start begins anew");
        assertEquals(List.of(), Stores.segments(folder), "nor does it keep the disk full");
        disk.on((call, file) -> {});
        assertTrue(content().toString().contains("Delivery"));
        assertFalse(Files.exists(begun));
    }
}
