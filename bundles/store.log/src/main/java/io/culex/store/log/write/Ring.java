// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.write;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The one queue between all lanes and the commit thread. The order of the claims is the order of the log: what one lane
 * enqueues after it has learnt of another's operation stands behind that operation. Enqueuing never waits: the queue has no
 * end, and a thread that is stopped between claim and publication holds up the commit thread only.
 */
final class Ring {
    private final ChunkPool pool = new ChunkPool();
    private final Chunk nothing = new Chunk(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN));
    private final AtomicReference<Chunk> tail = new AtomicReference<>(pool.take(0));
    private final AtomicBoolean idle = new AtomicBoolean();
    private volatile @Nullable Thread consumer;
    private volatile boolean closed;

    /** The chunk at the beginning. */
    Chunk first() {
        return last();
    }

    /** A chunk outside of the queue, for a lane that writes nothing now: from one of the queue all later ones are reachable. */
    Chunk nothing() {
        return nothing;
    }

    /** Memory for chunks. */
    ChunkPool pool() {
        return pool;
    }

    /** Claims a place for the lane; it finds it in {@link LogLane#claimed}. */
    void claim(LogLane lane, int size) {
        Chunk chunk = last();
        while (true) {
            int place = chunk.claim(size);
            if (place >= 0) {
                lane.claimed(chunk, place);
                return;
            }
            chunk = after(chunk, size);
        }
    }

    private Chunk last() {
        return Objects.requireNonNull(tail.get());
    }

    private Chunk after(Chunk chunk, int size) {
        if (closed) {
            throw new IllegalStateException("the store is closed");
        }
        Chunk next = chunk.next();
        if (next == null) {
            Chunk made = pool.take(size);
            if (chunk.link(made)) {
                next = made;
            } else {
                pool.giveBack(made, 0);
                next = chunk.next();
            }
        }
        if (next == null) {
            throw new IllegalStateException("a linked chunk has gone");
        }
        tail.compareAndSet(chunk, next);
        return next;
    }

    /** Publishes what was written at a claimed place, and wakes the commit thread when it sleeps. */
    void publish(Chunk chunk, int place, int length) {
        chunk.publish(place, length);
        wake();
    }

    /** Wakes the commit thread when it sleeps. */
    void wake() {
        if (idle.get() && idle.compareAndSet(true, false)) {
            LockSupport.unpark(consumer);
        }
    }

    /** Nobody reads it any more. */
    void close() {
        closed = true;
    }

    /** The commit thread announces that it is about to sleep; it must look once more before it does. */
    void beginIdle() {
        consumer = Thread.currentThread();
        idle.set(true);
    }

    /** The commit thread is awake. */
    void endIdle() {
        idle.set(false);
    }
}
