// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.write;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Memory of chunks, used again. Any thread; does not block. */
final class ChunkPool {
    /** Usual size of a chunk. */
    static final int CHUNK = 1 << 20;

    /** What goes beyond this is a backlog, and lies in the heap. */
    private static final int MOST_DIRECT = 32;

    private static final byte[] ZEROS = new byte[64 << 10];

    private final ArrayBlockingQueue<ByteBuffer> free = new ArrayBlockingQueue<>(MOST_DIRECT);
    private final AtomicInteger direct = new AtomicInteger();

    /** A chunk that has room for at least that many bytes. */
    Chunk take(int size) {
        int wanted = Math.max(CHUNK, size + 8);
        @Nullable ByteBuffer bytes = wanted == CHUNK ? free.poll() : null;
        return new Chunk(bytes != null ? bytes : allocate(wanted).order(ByteOrder.LITTLE_ENDIAN));
    }

    private ByteBuffer allocate(int size) {
        if (size == CHUNK && direct.get() < MOST_DIRECT && direct.getAndIncrement() < MOST_DIRECT) {
            return ByteBuffer.allocateDirect(size);
        }
        return ByteBuffer.allocate(size);
    }

    /** Takes back the memory of a chunk of which the first bytes were used. */
    void giveBack(Chunk chunk, int used) {
        ByteBuffer bytes = chunk.bytes();
        if (bytes.isDirect()) {
            for (int at = 0; at < used; at += ZEROS.length) {
                bytes.put(at, ZEROS, 0, Math.min(ZEROS.length, used - at));
            }
            free.offer(bytes);
        }
    }
}
