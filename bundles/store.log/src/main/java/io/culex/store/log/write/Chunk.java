// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.write;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A part of the common queue. Threads claim places in it by adding to one number, write there, and publish by writing the
 * length, which stood at 0. The object is used once; its memory is used again, when no place of it can be claimed any more.
 */
final class Chunk {
    /** Stands instead of a length where the chunk ends. */
    static final int END = -1;
    /** Stands instead of a length where there is a request and no record. */
    static final int REQUEST = -2;
    /** Bytes that a request takes. */
    static final int REQUEST_SIZE = 8;

    private static final VarHandle LENGTH = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final ByteBuffer bytes;
    private final ByteBuffer reader;
    private final int limit;
    private final boolean direct;
    private final AtomicLong claimed = new AtomicLong();
    private final AtomicReference<@Nullable Chunk> next = new AtomicReference<>();

    /** Over memory that is all zeros; its last 8 bytes are for the mark of the end. */
    Chunk(ByteBuffer bytes) {
        this.bytes = bytes;
        this.reader = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        this.limit = bytes.capacity() - 8;
        this.direct = bytes.isDirect();
    }

    /** The memory; absolute access only. */
    ByteBuffer bytes() {
        return bytes;
    }

    /** The memory with a position and limit for the reading thread. */
    ByteBuffer reader() {
        return reader;
    }

    /**
     * Claims a place for that many bytes, a multiple of 8.
     *
     * @return the place, or -1 when the chunk is at its end
     */
    int claim(int size) {
        long place = claimed.getAndAdd(size);
        if (place + size <= limit) {
            return (int) place;
        }
        if (place <= limit) {
            // Claims follow one another, so exactly one crosses the limit: this one.
            publish((int) place, END);
        }
        return -1;
    }

    /** Makes what was written at the place visible to the reading thread. */
    void publish(int place, int length) {
        if (direct) {
            LENGTH.setVolatile(bytes, place, length);
        } else {
            // Later JDKs give no volatile access to the heap this way. An int at a multiple of 8 is written whole.
            VarHandle.releaseFence();
            bytes.putInt(place, length);
            VarHandle.fullFence();
        }
    }

    /** What is published at the place; 0: nothing yet. */
    int length(int place) {
        if (direct) {
            return (int) LENGTH.getVolatile(bytes, place);
        }
        VarHandle.fullFence();
        int length = bytes.getInt(place);
        VarHandle.acquireFence();
        return length;
    }

    /** The chunk after this one. */
    @Nullable
    Chunk next() {
        return next.get();
    }

    /** Makes that the next one, unless there is one. Returns whether it is. */
    boolean link(Chunk chunk) {
        return next.compareAndSet(null, chunk);
    }
}
