// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.store.Kept;
import io.culex.testkit.Await;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was written and is kept must not stay in memory, whoever is idle. */
class RingTest {
    private static final int LARGE = 2 << 20;

    private final Ring ring = new Ring();
    private final List<LogLane> lanes = new ArrayList<>();
    private final Ids ids = new Ids(1);
    private final LogLane neverUsed = lane();
    private final LogLane idle = lane();
    private final LogLane busy = lane();
    private final Intake intake = new Intake(ring, lanes);
    private final Batch batch = new Batch();

    private LogLane lane() {
        Kept kept = new Kept() {
            @Override
            public void kept(long operation) {}

            @Override
            public void failed(Throwable cause) {}
        };
        LogLane lane = new LogLane(ring, ids, lanes.size(), kept, wanted -> {});
        lanes.add(lane);
        return lane;
    }

    /** Takes a batch out of the queue, as the commit thread does. */
    private int commit() {
        while (intake.nextRequest() != null) {
            continue;
        }
        intake.gather(batch, 0, (others, size) -> true);
        int records = batch.records();
        intake.giveBack();
        batch.clear();
        return records;
    }

    private WeakReference<Chunk> last() {
        return new WeakReference<>(ring.first());
    }

    private void write(LogLane lane, int bytes) {
        lane.clear(new byte[bytes], 1);
        assertEquals(1, commit());
    }

    private static void awaitGarbage(String what, WeakReference<?> reference) {
        Await.until(what + " to become garbage", () -> {
            System.gc();
            return reference.get() == null;
        });
    }

    @Test
    void aLaneThatIsIdleDoesNotKeepWhatWasWrittenSince() {
        WeakReference<Chunk> first = last();
        write(idle, 10);
        idle.request(() -> {});
        write(busy, LARGE);
        WeakReference<Chunk> early = last();
        for (int i = 0; i < 5; i++) {
            write(busy, LARGE);
        }
        awaitGarbage("the first chunk", first);
        awaitGarbage("an early large chunk", early);
        assertTrue(lanes.contains(neverUsed));
    }

    @Test
    void aLaneThatIsIdleDoesNotKeepItsOwnLastRecord() {
        write(idle, LARGE);
        WeakReference<Object> bytes = new WeakReference<>(ring.first().bytes().array());
        write(busy, LARGE);
        awaitGarbage("the bytes of a large record", bytes);
        assertTrue(lanes.contains(idle));
    }

    @Test
    void aSmallBatchDoesNotKeepTheChunksOfALargerOneBefore() {
        busy.clear(new byte[10], 1);
        busy.clear(new byte[LARGE], 1);
        busy.clear(new byte[10], 1);
        busy.clear(new byte[LARGE], 1);
        WeakReference<Chunk> large = last();
        int records = 0;
        while (records < 4) {
            records += commit();
        }
        write(busy, LARGE);
        write(busy, LARGE);
        awaitGarbage("a large chunk", large);
        assertEquals(0, batch.records());
    }
}
