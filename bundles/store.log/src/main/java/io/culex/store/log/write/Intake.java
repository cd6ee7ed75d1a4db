// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.write;

import io.culex.store.log.format.Frame;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** The reading end of the common queue: knows how far it is read, and makes batches of what comes next. For the commit thread. */
final class Intake {
    private static final int MOST_RECORDS = 4096;
    private static final int MOST_BYTES = 2 << 20;

    /** Says whether a record of that size may follow others of that size in one batch. */
    interface Fit {
        boolean fits(int others, int size);
    }

    private final Ring ring;
    private final List<LogLane> lanes;
    private final CRC32C crc = new CRC32C();
    private Chunk first;
    private Chunk head;
    private int place;

    Intake(Ring ring, List<LogLane> lanes) {
        this.ring = ring;
        this.lanes = lanes;
        this.first = ring.first();
        this.head = first;
    }

    /** Goes to the next chunk at the end of one. Returns whether something is published where it stands then. */
    boolean advance() {
        int length = head.length(place);
        while (length == Chunk.END) {
            Chunk next = head.next();
            if (next == null) {
                return false;
            }
            head = next;
            place = 0;
            length = head.length(0);
        }
        return length != 0;
    }

    /** What is published where it stands: a length, or one of the marks of {@link Chunk}; 0: nothing yet. */
    int length() {
        return head.length(place);
    }

    /** The lane whose request stands here, passed over then; or null when there is a record here, or nothing. */
    @Nullable
    LogLane nextRequest() {
        if (!advance() || length() != Chunk.REQUEST) {
            return null;
        }
        LogLane lane = laneAt(place);
        place += Chunk.REQUEST_SIZE;
        return lane;
    }

    private LogLane laneAt(int at) {
        return lanes.get(head.bytes().getInt(at + 4));
    }

    /** Collects records from where it stands, as many as go into one commit, and stands behind them then. */
    boolean gather(Batch batch, int salt, Fit fit) {
        batch.clear();
        int begin = place;
        while (batch.records() < MOST_RECORDS && batch.bytes() < MOST_BYTES) {
            int length = head.length(place);
            if (length == Chunk.END && head.next() != null && !batch.isFull()) {
                batch.slice(head, begin, place);
                head = head.next();
                place = 0;
                begin = 0;
                continue;
            }
            int size = Frame.size(length);
            if (length <= 0 || batch.isFull() || !fit.fits(batch.bytes(), size)) {
                break;
            }
            batch.count(laneAt(place), size);
            Frame.seal(head.reader(), place, length, salt, crc);
            place += size;
        }
        batch.slice(head, begin, place);
        return batch.records() > 0;
    }

    /** The batch is done with: the memory of chunks behind it is used again. */
    void giveBack() {
        while (first != head) {
            Chunk next = first.next();
            ring.pool().giveBack(first, first.bytes().capacity());
            if (next == null) {
                throw new IllegalStateException("a chunk that was left has none after it");
            }
            first = next;
        }
    }
}
