// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.mosquitto;

import io.culex.api.store.MessageStore;
import io.culex.api.store.MessageStore.State;
import io.culex.api.store.StoreLane;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Has whoever moves wait for the disk: a database that waits to be written as a whole would need its size in memory once more. Does
 * not wait for room on it: the line about that would wait for the log, and the log for the store.
 */
final class Pace {
    /** Bytes that may be left to be written. */
    private static final long MOST = 64 << 20;

    private static final long PATIENCE_NANOS = 5_000_000_000L;
    private static final long PAUSE_NANOS = 5_000_000L;

    private final MessageStore store;
    private final StoreLane lane;
    private final Path folder;

    Pace(MessageStore store, StoreLane lane, Path folder) {
        this.store = store;
        this.lane = lane;
        this.folder = folder;
    }

    /** Waits while too much is left to be written. */
    void keep() throws IOException {
        await(MOST);
    }

    /** Waits for all to be on the disk. */
    void end() throws IOException {
        await(0);
        try {
            store.sync();
        } catch (RuntimeException e) {
            throw failure(e.toString(), e);
        }
    }

    private void await(long most) throws IOException {
        long before = -1;
        long since = 0;
        for (long left = lane.backlog(); left > most; left = lane.backlog()) {
            long now = System.nanoTime();
            if (left != before) {
                before = left;
                since = now;
            }
            State state = store.state();
            if (state == State.FAILED) {
                throw failure("the store has failed.", null);
            }
            if (state == State.FULL && now - since > PATIENCE_NANOS) {
                throw failure("the disk of " + folder + " is full.", null);
            }
            if (Thread.currentThread().isInterrupted()) {
                throw failure("interrupted.", null);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private IOException failure(String reason, @Nullable Throwable cause) {
        return new IOException("Error: " + folder.resolve(Import.DATABASE) + " cannot be taken over: " + reason, cause);
    }
}
