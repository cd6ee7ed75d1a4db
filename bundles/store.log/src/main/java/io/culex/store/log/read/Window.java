// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.read;

import io.culex.store.log.segment.Segment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** A part of a segment in memory, moved along it. Reads of the file are long and few. For one thread. */
public final class Window {
    private static final int SMALLEST = 64 << 10;

    private ByteBuffer bytes;
    private @Nullable Segment segment;
    private long begin;
    private int next;

    /** Of that many bytes; grows where one record is longer. */
    public Window(int size) {
        bytes = allocate(size);
        bytes.limit(0);
    }

    private static ByteBuffer allocate(int size) {
        return ByteBuffer.allocateDirect(Math.max(size, SMALLEST)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The bytes, valid until the next move. */
    public ByteBuffer bytes() {
        return bytes;
    }

    /**
     * Moves it so that bytes of the segment are in it.
     *
     * @return where in {@link #bytes} the first of them is, or -1 when the file ends before the last, or that cannot be read
     * @throws IOException when the first cannot be read
     */
    public int move(Segment to, long place, int count) throws IOException {
        if (to == segment && place >= begin && place + count <= begin + bytes.limit()) {
            return (int) (place - begin);
        }
        if (count > bytes.capacity()) {
            bytes = allocate(count);
        }
        segment = null; // until it is read
        bytes.clear();
        if (next > 0) {
            bytes.limit(Math.max(next, count));
            next = 0;
        }
        int read = to.read(bytes, place);
        bytes.flip();
        segment = to;
        begin = place;
        return read < count ? -1 : 0;
    }

    /** Reads no more than that many bytes at the next move, when they are enough. */
    public void limit(int count) {
        next = count;
    }

    /** Forgets what it has: the file has changed. */
    public void forget() {
        segment = null;
        bytes.limit(0);
    }
}
