// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.append;

import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import io.culex.api.store.MessageStore.State;
import io.culex.store.log.segment.StoreFolder;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Whether there is room on the disk. For the commit thread; its state may be read by all.
 */
public final class Room {
    private static final long RETRY_NANOS = 1_000_000_000L;
    /** What mending takes; a longer file is set aside only if there is room. */
    private static final long LEAST = 1 << 20;

    private final Path folder;
    private final Reserve reserve;
    private final BrokerLog log;
    private volatile State state = State.READY;
    private long lastTry;

    /** With a reserve of that many bytes; 0: none. */
    public Room(StoreFolder folder, long reserveBytes, BrokerLog log) {
        this.folder = folder.path();
        this.reserve = new Reserve(folder, reserveBytes);
        this.log = log;
    }

    /** What the store can do. */
    public State state() {
        return state;
    }

    /** Before the log is read, of which something may have to be mended: gives the reserve up when there is no space. */
    public void makeWay() throws IOException {
        if (IoFailures.usable(folder) < LEAST) {
            reserve.giveUp();
        }
    }

    /** Takes the reserve at the start. */
    public void begin() throws IOException {
        if (!reserve.take()) {
            full();
        }
    }

    /** Nothing works any more. */
    public void failed() {
        state = State.FAILED;
    }

    /** Whether the failure means that the disk is full; then the reserve is given up. */
    boolean isFull(IOException failure) throws IOException {
        if (!IoFailures.isFull(failure, folder)) {
            return false;
        }
        if (state == State.READY) {
            full();
        }
        reserve.giveUp();
        return true;
    }

    private void full() {
        state = State.FULL;
        lastTry = System.nanoTime();
        log.log(
                LogType.ERROR,
                "Error: The disk of the store's folder " + folder
                        + " is full: messages are refused until there is room again.");
    }

    /** Bytes that can be written now. */
    public long usable() throws IOException {
        return IoFailures.usable(folder);
    }

    /** Looks from time to time whether there is room again. */
    public void look() throws IOException {
        if (state == State.FULL && System.nanoTime() - lastTry > RETRY_NANOS) {
            lastTry = System.nanoTime();
            if (reserve.take()) {
                state = State.READY;
                log.log(LogType.NOTICE, "The store's folder " + folder + " has room again.");
            }
        }
    }
}
