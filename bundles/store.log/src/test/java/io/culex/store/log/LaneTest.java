// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.store.MessageStore.State;
import io.culex.api.store.StoreLane;
import io.culex.api.store.StoredMessage;
import io.culex.store.log.append.Level;
import io.culex.store.log.append.Settings;
import io.culex.store.log.segment.StoreFolder;
import io.culex.store.log.write.Statistics.Gauge;
import io.culex.testkit.RecordedLog;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class LaneTest {
    private final Path folder;

    LaneTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void tellsOnceForManyOperationsHowFarTheyAreKept() throws Exception {
        try (LogEngine store = Stores.open(folder)) {
            Acks acks = new Acks();
            StoreLane lane = store.lane(acks);
            lane.session(Stores.session(1));
            for (int i = 0; i < 20_000; i++) {
                lane.message(Stores.message(lane.newMessage(), "x"), Stores.to(1), Stores.none());
            }
            acks.await(20_001);
            assertEquals(20_001, acks.kept());
            assertTrue(acks.batches() < 10_000, () -> "kept in " + acks.batches() + " batches");
            assertEquals(0, lane.backlog());
        }
    }

    /** What comes while nothing was there is no reason for another file. */
    @Test
    void beginsNoSegmentBeforeOneIsFull() throws Exception {
        Settings large = new Settings(Level.OS, 64 << 20, 0);
        try (LogEngine store = LogEngine.open(new StoreFolder(folder), large, new RecordedLog())) {
            Acks acks = new Acks();
            StoreLane lane = store.lane(acks);
            for (int i = 1; i <= 200_000; i++) {
                lane.inboundDone(1, i);
                if (i % 7 == 0) {
                    acks.await(i - 3);
                }
            }
            acks.await(200_000);
            assertEquals(1, store.statistics().get(Gauge.SEGMENTS));
        }
    }

    @Test
    void neverGivesAnIdTwice() throws Exception {
        Set<Long> ids = new HashSet<>();
        for (int run = 0; run < 3; run++) {
            try (LogEngine store = Stores.open(folder)) {
                StoreLane lane = store.lane(new Acks());
                StoreLane other = store.lane(new Acks());
                for (int i = 0; i < 5000; i++) {
                    assertTrue(ids.add(lane.newMessage()));
                    assertTrue(ids.add(other.newMessage()));
                }
            }
        }
    }

    @Test
    void givesMessagesInTheOrderAskedFor() throws Exception {
        try (LogEngine store = Stores.open(folder)) {
            StoreLane lane = store.lane(new Acks());
            lane.session(Stores.session(1));
            long[] ids = new long[500];
            for (int i = 0; i < ids.length; i++) {
                ids[ids.length - 1 - i] = lane.newMessage();
                lane.message(
                        Stores.message(ids[ids.length - 1 - i], "payload " + i + " ".repeat(i)),
                        Stores.to(1),
                        Stores.none());
            }
            ids[7] = 4711;
            lane.done(1, ids[9], 1, 0);
            CompletableFuture<List<@Nullable StoredMessage>> loaded = new CompletableFuture<>();
            lane.load(ids, loaded::complete);
            List<@Nullable StoredMessage> messages = loaded.get(20, TimeUnit.SECONDS);
            assertNull(messages.get(7));
            assertNull(messages.get(9), "done before it was asked for");
            for (int i = 0; i < ids.length; i++) {
                StoredMessage message = messages.get(i);
                if (message != null) {
                    int number = ids.length - 1 - i;
                    assertEquals(
                            Content.text(Stores.message(ids[i], "payload " + number + " ".repeat(number))),
                            Content.text(message));
                }
            }
        }
    }

    @Test
    void keepsTheOrderBetweenLanes() throws Exception {
        for (int round = 0; round < 3; round++) {
            Path place = folder.resolve("round" + round);
            try (LogEngine store = Stores.open(place)) {
                StoreLane first = store.lane(new Acks());
                first.session(Stores.session(1));
                passBackAndForth(store, first, 30_000);
            }
            RecordedLog log = new RecordedLog();
            // Had a "done" come before its message, the message would be here.
            assertEquals(List.of(), Stores.contentOf(place, log).of(1).deliveries);
        }
    }

    /** One thread stores messages, another acknowledges each as soon as it knows of it. */
    private static void passBackAndForth(LogEngine store, StoreLane first, int count) throws InterruptedException {
        long[] ids = new long[count];
        AtomicInteger stored = new AtomicInteger();
        Thread receiver = new Thread(() -> {
            StoreLane second = store.lane(new Acks());
            for (int i = 0; i < count; i++) {
                while (stored.get() <= i) {
                    Thread.onSpinWait();
                }
                second.done(1, ids[i], 1, 0);
            }
        });
        receiver.start();
        for (int i = 0; i < count; i++) {
            ids[i] = first.newMessage();
            first.message(Stores.message(ids[i], "x"), Stores.to(1), Stores.none());
            stored.set(i + 1);
        }
        receiver.join();
    }

    @Test
    void takesWhatIsLargerThanASegment() throws Exception {
        String payload = "p".repeat(3 << 20);
        try (LogEngine store = Stores.open(folder)) {
            Acks acks = new Acks();
            StoreLane lane = store.lane(acks);
            lane.session(Stores.session(1));
            lane.message(Stores.message(lane.newMessage(), payload), Stores.to(1), Stores.none());
            lane.message(Stores.message(lane.newMessage(), "small"), Stores.to(1), Stores.none());
            acks.await(3);
        }
        List<Content.Delivery> deliveries =
                Stores.contentOf(folder, new RecordedLog()).of(1).deliveries;
        assertEquals(
                List.of(payload.length(), 5),
                deliveries.stream().map(Content.Delivery::bytes).toList());
    }

    @Test
    void messagesForASessionThatHasEndedAreNone() throws Exception {
        try (LogEngine store = Stores.open(folder)) {
            Acks acks = new Acks();
            StoreLane lane = store.lane(acks);
            lane.session(Stores.session(1));
            lane.session(Stores.session(2));
            long known = lane.newMessage();
            lane.message(Stores.message(known, "known"), Stores.to(1), Stores.none());
            lane.message(Stores.message(lane.newMessage(), "on its way"), Stores.to(1, 2), Stores.none());
            lane.ended(1, new long[] {known}, 1);
            lane.message(Stores.message(lane.newMessage(), "late"), Stores.to(1), Stores.none());
            acks.await(6);
        }
        Content content = Stores.contentOf(folder, new RecordedLog());
        assertEquals(Set.of(2L), content.sessions.keySet());
        assertEquals(1, content.of(2).deliveries.size());
    }

    @Test
    void givesSessionsInTheOrderInWhichTheyWereChangedLast() throws Exception {
        try (LogEngine store = Stores.open(folder)) {
            StoreLane lane = store.lane(new Acks());
            lane.session(Stores.session(2));
            lane.session(Stores.session(3));
            lane.session(Stores.session(1));
            lane.session(Stores.session(2));
        }
        Content content = Stores.contentOf(folder, new RecordedLog());
        assertEquals(List.of(3L, 1L, 2L), content.sessionsAsGiven);
    }

    @Test
    void ofTwoRetainedMessagesTheHigherVersionCounts() throws Exception {
        try (LogEngine store = Stores.open(folder)) {
            StoreLane lane = store.lane(new Acks());
            lane.retain(Stores.retained(lane.newMessage(), "a", "newer"), 5);
            lane.retain(Stores.retained(lane.newMessage(), "a", "older"), 4);
            lane.clear(Stores.bytes("b"), 9);
            lane.retain(Stores.retained(lane.newMessage(), "b", "late"), 8);
        }
        Content content = Stores.contentOf(folder, new RecordedLog());
        assertEquals(Set.of("a"), content.retained.keySet());
        assertTrue(content.retained.toString().contains("newer"));
    }

    @Test
    void givesTheHighestRetainedVersionAlsoWhenItIsThatOfAClearing() throws Exception {
        assertEquals(0, Stores.contentOf(folder, new RecordedLog()).retainedVersion);
        try (LogEngine store = Stores.open(folder)) {
            StoreLane lane = store.lane(new Acks());
            lane.retain(Stores.retained(lane.newMessage(), "a", "kept"), 1);
            lane.retain(Stores.retained(lane.newMessage(), "b", "cleared"), 2);
            lane.clear(Stores.bytes("b"), 3);
        }
        Content content = Stores.contentOf(folder, new RecordedLog());
        assertEquals(Set.of("a"), content.retained.keySet());
        assertEquals(3, content.retainedVersion);
    }

    /** What the broker does at a start: it goes on above the version that it was given. */
    @Test
    void keepsWhatIsRetainedAgainAfterAClearingAndARestart() throws Exception {
        try (LogEngine store = Stores.open(folder)) {
            StoreLane lane = store.lane(new Acks());
            lane.retain(Stores.retained(lane.newMessage(), "a", "first"), 1);
            lane.clear(Stores.bytes("a"), 2);
        }
        try (LogEngine store = Stores.open(folder)) {
            long version = Stores.content(store).retainedVersion;
            StoreLane lane = store.lane(new Acks());
            lane.retain(Stores.retained(lane.newMessage(), "a", "second"), version + 1);
        }
        Content content = Stores.contentOf(folder, new RecordedLog());
        assertTrue(content.retained.toString().contains("second"), content.retained::toString);
    }

    /** Its place in the queue is taken: without anything there the thread that writes would wait for ever. */
    @Test
    @Timeout(60)
    void goesOnBehindAnOperationThatFailsHalfway() throws Exception {
        try (LogEngine store = Stores.open(folder)) {
            Acks acks = new Acks();
            StoreLane lane = store.lane(acks);
            lane.session(Stores.session(1));
            assertThrows(IndexOutOfBoundsException.class, () -> lane.ended(1, new long[1], 3));
            lane.session(Stores.session(2));
            acks.await(3);
            assertEquals(0, lane.backlog());
        }
        RecordedLog log = new RecordedLog();
        assertEquals(Set.of(1L, 2L), Stores.contentOf(folder, log).sessions.keySet());
        assertEquals(List.of(), log.errors());
    }

    /** Whoever counts what was given would wait for ever for the last one. */
    @Test
    @Timeout(60)
    @SuppressWarnings("NullAway")
    void missesNoNumberForAnOperationThatFailsBeforeItIsInTheQueue() throws Exception {
        try (LogEngine store = Stores.open(folder)) {
            Acks acks = new Acks();
            StoreLane lane = store.lane(acks);
            assertThrows(NullPointerException.class, () -> lane.session(null));
            acks.await(1);
            lane.session(Stores.session(2));
            acks.await(2);
            assertEquals(0, lane.backlog());
        }
        assertEquals(
                Set.of(2L), Stores.contentOf(folder, new RecordedLog()).sessions.keySet());
    }

    @Test
    void bringsEverythingToTheDiskWhenAsked() throws Exception {
        try (LogEngine store = Stores.open(folder)) {
            Acks acks = new Acks();
            store.lane(acks).session(Stores.session(1));
            store.sync();
            assertEquals(1, acks.kept());
            assertEquals(State.READY, store.state());
        }
    }

    @Test
    void refusesToSyncOnceItIsClosed() throws Exception {
        LogEngine store = Stores.open(folder);
        store.close();
        store.close();
        assertThrows(IllegalStateException.class, store::sync);
    }
}
