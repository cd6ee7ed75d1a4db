// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.write;

import io.culex.store.log.format.Frame;
import io.culex.store.log.index.Contents;
import io.culex.store.log.segment.Location;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The records that are written together: stretches of chunks, one after the other. For the commit thread. */
final class Batch {
    private static final int MOST_SLICES = 16;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final List<LogLane> lanes = new ArrayList<>();
    private final ByteBuffer[] buffers = new ByteBuffer[MOST_SLICES];
    private final List<Chunk> chunks = new ArrayList<>(MOST_SLICES);
    private final int[] from = new int[MOST_SLICES];
    private final int[] to = new int[MOST_SLICES];
    private int slices;
    private int bytes;
    private int records;

    /** Forgets everything, the memory of the chunks too. */
    void clear() {
        lanes.clear();
        chunks.clear();
        Arrays.fill(buffers, 0, slices, NOTHING);
        slices = 0;
        bytes = 0;
        records = 0;
    }

    boolean isFull() {
        return slices == MOST_SLICES;
    }

    int bytes() {
        return bytes;
    }

    int records() {
        return records;
    }

    /** A record of the lane is in it. */
    void count(LogLane lane, int size) {
        bytes += size;
        records++;
        if (lane.count(size)) {
            lanes.add(lane);
        }
    }

    /** A stretch of a chunk is in it. */
    void slice(Chunk chunk, int begin, int end) {
        if (end > begin) {
            chunks.add(chunk);
            from[slices] = begin;
            to[slices] = end;
            buffers[slices] = chunk.reader().duplicate().limit(end).position(begin);
            slices++;
        }
    }

    ByteBuffer[] buffers() {
        return buffers;
    }

    int slices() {
        return slices;
    }

    List<LogLane> lanes() {
        return lanes;
    }

    /** Tells the contents of each record, the first of which stands at the place of the segment. */
    void apply(Contents contents, long segment, int place) {
        int at = place;
        for (int i = 0; i < slices; i++) {
            ByteBuffer source = chunks.get(i).reader();
            for (int record = from[i]; record < to[i]; ) {
                int length = source.getInt(record);
                contents.apply(source, record, length, Location.of(segment, at));
                int size = Frame.size(length);
                record += size;
                at += size;
            }
        }
    }
}
