// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.recover;

import io.culex.store.log.format.Frame;
import io.culex.store.log.format.RecordType;
import io.culex.store.log.format.SegmentHeader;
import io.culex.store.log.read.BadBlocks;
import io.culex.store.log.read.Window;
import io.culex.store.log.segment.Segment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Reads a segment from its first record to its last. Where something stands that is no record it looks for the next one, at
 * each place where one may begin.
 */
public final class SegmentScan {
    /** Takes the records. */
    public interface Target {
        /** A record, at a place of the buffer and of the segment. */
        void record(ByteBuffer bytes, int at, int length, int place);
    }

    private static final int WINDOW = 4 << 20;

    private final Window window = new Window(WINDOW);
    private final CRC32C crc = new CRC32C();
    private final BadBlocks bad = new BadBlocks();
    private final List<Damage> damages = new ArrayList<>();
    private int resume;
    private int end;
    private boolean isSealed;
    private boolean hasTail;
    private long records;

    /**
     * Reads it. The results are those of the last call. A few blocks that cannot be read are damage too.
     *
     * @throws IOException when the file cannot be read at all
     */
    public SegmentScan read(Segment segment, long fileSize, Target target) throws IOException {
        damages.clear();
        window.forget();
        bad.begin();
        isSealed = false;
        hasTail = false;
        records = 0;
        int place = SegmentHeader.SIZE;
        int limit = (int) Math.min(fileSize, Integer.MAX_VALUE);
        while (place < limit) {
            int badBefore = bad.count();
            int size = look(segment, place, limit);
            if (size > 0) {
                give(segment, place, target);
                place += size;
                continue;
            }
            int next = findRecord(segment, limit);
            if (next < 0 && bad.count() > badBefore) {
                next = limit; // no torn tail: records may have stood there
            } else if (next < 0) {
                hasTail = !isZero(segment, place, limit);
                break;
            }
            damages.add(new Damage(place, next));
            place = next;
        }
        end = place;
        return this;
    }

    private void give(Segment segment, int place, Target target) throws IOException {
        int at = window.move(segment, place, Frame.HEADER);
        int length = Frame.length(window.bytes(), at);
        at = window.move(segment, place, Frame.HEADER + length);
        isSealed = Frame.type(window.bytes(), at) == RecordType.SEALED;
        records++;
        target.record(window.bytes(), at, length, place);
    }

    /** The size of the record there; 0 when there is none. */
    private int recordAt(Segment segment, int place, int limit) throws IOException {
        int at = window.move(segment, place, Frame.HEADER);
        if (at < 0 || !Frame.begins(window.bytes(), at)) {
            return 0;
        }
        int length = Frame.length(window.bytes(), at);
        if (length > limit - place - Frame.HEADER) {
            return 0;
        }
        at = window.move(segment, place, Frame.HEADER + length);
        return at >= 0 && Frame.holds(window.bytes(), at, length, segment.salt(), crc) ? Frame.size(length) : 0;
    }

    /** The size of the record there; 0 when there is none: then one may begin where to resume. */
    private int look(Segment segment, int place, int limit) throws IOException {
        resume = place + 8;
        try {
            return recordAt(segment, place, limit);
        } catch (IOException e) {
            resume = bad.pass(place, e);
            return 0;
        }
    }

    private int findRecord(Segment segment, int limit) throws IOException {
        while (resume < limit) {
            int place = resume;
            if (look(segment, place, limit) > 0) {
                return place;
            }
        }
        return -1;
    }

    private boolean isZero(Segment segment, int from, int limit) throws IOException {
        int place = from;
        for (; place + 8 <= limit; place += 8) {
            int at = window.move(segment, place, 8);
            if (at < 0 || window.bytes().getLong(at) != 0) {
                return false;
            }
        }
        for (; place < limit; place++) {
            int at = window.move(segment, place, 1);
            if (at < 0 || window.bytes().get(at) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Where the last record ends. */
    public int end() {
        return end;
    }

    /** How many records there were. */
    public long records() {
        return records;
    }

    /** Whether the last record says that it is the last. */
    public boolean isSealed() {
        return isSealed;
    }

    /** Whether something other than zeros follows the last record. */
    public boolean hasTail() {
        return hasTail;
    }

    /** Why some of what was passed over could not be read; null when all could. */
    @Nullable
    IOException failure() {
        return bad.failure();
    }

    /** What was passed over. */
    List<Damage> damages() {
        return List.copyOf(damages);
    }

    /** What was passed over, for a person. */
    public List<String> damageTexts() {
        return damages.stream()
                .map(damage -> damage.length() + " bytes at " + damage.from())
                .toList();
    }
}
