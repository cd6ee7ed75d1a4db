// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.store.How;
import io.culex.api.store.Receivers;
import io.culex.api.store.StoreLane;
import io.culex.store.log.Content.Delivery;
import io.culex.store.log.write.Statistics.Gauge;
import io.culex.testkit.RecordedLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CleanTest {
    private static final long LIMIT_MILLIS = 20_000;

    private final Path folder;

    CleanTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private void awaitSegments(int most) throws InterruptedException {
        long end = System.currentTimeMillis() + LIMIT_MILLIS;
        while (Stores.segments(folder).size() > most && System.currentTimeMillis() < end) {
            Thread.onSpinWait();
        }
        assertTrue(Stores.segments(folder).size() <= most, () -> Stores.segments(folder)
                .toString());
    }

    @Test
    void givesSpaceBackWhenMessagesAreDone() throws Exception {
        try (LogEngine store = Stores.open(folder)) {
            Stores.content(store);
            Acks acks = new Acks();
            StoreLane lane = store.lane(acks);
            lane.session(Stores.session(1));
            Deque<Long> ids = new ArrayDeque<>();
            for (int i = 0; i < 5000; i++) {
                ids.add(lane.newMessage());
                lane.message(Stores.message(ids.getLast(), "x".repeat(100)), Stores.to(1), Stores.none());
            }
            acks.await(5001);
            assertTrue(Stores.segments(folder).size() > 8);
            for (long id : ids) {
                lane.done(1, id, 1, 0);
            }
            acks.await(10_001);
            awaitSegments(2);
            assertEquals(0, store.statistics().get(Gauge.MESSAGES));
        }
        Content content = Stores.contentOf(folder, new RecordedLog());
        assertEquals(List.of(), content.of(1).deliveries);
    }

    /** Copies stand behind the acknowledgements of what they once stood before. */
    @Test
    void nothingThatWasDoneComesBackWithACopy() throws Exception {
        List<Delivery> left = new ArrayList<>();
        try (LogEngine store = Stores.open(folder)) {
            Stores.content(store);
            Acks acks = new Acks();
            StoreLane lane = store.lane(acks);
            long operations = 2;
            lane.session(Stores.session(1));
            lane.session(Stores.session(2));
            Deque<Long> kept = new ArrayDeque<>();
            for (int i = 0; i < 200; i++) {
                kept.add(lane.newMessage());
                Receivers receivers = new Receivers();
                receivers.add(1, How.of(2, false, 7));
                receivers.add(2, How.of(1, false, 0));
                lane.message(Stores.message(kept.getLast(), "kept"), receivers, Stores.none());
                lane.sent(1, kept.getLast(), How.of(2, false, 7), i + 1);
                lane.done(2, kept.getLast(), How.of(1, false, 0), 0);
                operations += 3;
            }
            // Each round pushes the copies to the end of the log anew; some are done between.
            for (int round = 0; round < 20; round++) {
                for (int i = 0; i < 1000; i++) {
                    long id = lane.newMessage();
                    lane.message(Stores.message(id, "y".repeat(200)), Stores.to(1), Stores.none());
                    lane.done(1, id, 1, 0);
                }
                lane.done(1, kept.removeFirst(), How.of(2, false, 7), round + 1);
                lane.released(1, kept.getLast(), How.of(2, false, 7), 200);
                operations += 2002;
                acks.await(operations);
            }
            // What the cleaner leaves: four to spare, the one that is written, and what is needed.
            awaitSegments(6);
            int packetId = 20;
            for (long id : kept) {
                packetId++;
                left.add(new Delivery(id, 4, How.of(2, false, 7), packetId, packetId == 200));
            }
        }
        Content content = Stores.contentOf(folder, new RecordedLog());
        assertEquals(left, content.of(1).deliveries);
        assertEquals(List.of(), content.of(2).deliveries);
    }

    /** The file of a segment that was copied can be there still after a crash. */
    @Test
    void readsASegmentTwiceWithoutHarm() throws Exception {
        Path stale = folder.resolve("stale");
        long id;
        try (LogEngine store = Stores.open(folder)) {
            Stores.content(store);
            Acks acks = new Acks();
            StoreLane lane = store.lane(acks);
            lane.session(Stores.session(1));
            id = lane.newMessage();
            lane.message(Stores.message(id, "kept"), Stores.to(1), Stores.none());
            long done = lane.newMessage();
            lane.message(Stores.message(done, "done"), Stores.to(1), Stores.none());
            acks.await(3);
            Files.copy(Stores.segments(folder).get(0), stale);
            lane.done(1, done, 1, 0);
            // More than once: that a file has gone stands in the segment that is begun after that.
            for (int kept = 4; kept < 12_000; kept += 6000) {
                for (int i = 0; i < 3000; i++) {
                    long other = lane.newMessage();
                    lane.message(Stores.message(other, "y".repeat(200)), Stores.to(1), Stores.none());
                    lane.done(1, other, 1, 0);
                }
                acks.await(kept + 6000);
                awaitSegments(3);
            }
        }
        Path first = folder.resolve("00000001.log");
        assertTrue(!Files.exists(first));
        Files.copy(stale, first);
        Content content = Stores.contentOf(folder, new RecordedLog());
        assertEquals(List.of(new Delivery(id, 4, 1, 0, false)), content.of(1).deliveries);
    }

    @Test
    void aClearedTopicStaysClearedThroughCleaning() throws Exception {
        try (LogEngine store = Stores.open(folder)) {
            Stores.content(store);
            Acks acks = new Acks();
            StoreLane lane = store.lane(acks);
            lane.session(Stores.session(1));
            lane.clear(Stores.bytes("late"), 10);
            lane.retain(Stores.retained(lane.newMessage(), "late", "of a lower version"), 9);
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < 1000; i++) {
                    long other = lane.newMessage();
                    lane.message(Stores.message(other, "y".repeat(200)), Stores.to(1), Stores.none());
                    lane.done(1, other, 1, 0);
                }
                acks.await(3 + (round + 1) * 2000L);
            }
            awaitSegments(3);
        }
        assertEquals("{}", Stores.contentOf(folder, new RecordedLog()).retained.toString());
    }
}
