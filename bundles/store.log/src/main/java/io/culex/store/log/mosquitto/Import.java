// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.mosquitto;

import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import io.culex.api.store.MessageStore;
import io.culex.api.store.MessageStore.State;
import io.culex.store.log.segment.FolderLock;
import io.culex.store.log.segment.StoreFolder;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Moves in from Mosquitto: when the folder has a {@code mosquitto.db} and no store yet, the store begins with what is in it. All or
 * nothing: a file marks that it has begun, and while that is there the next start begins anew. The database stays as it is.
 */
public final class Import {
    private static final String DATABASE = "mosquitto.db";
    private static final String BEGUN = "importing";
    private static final long PATIENCE_SECONDS = 5;

    private Import() {}

    /** Opens the store. */
    public interface Opener<S extends MessageStore & Closeable> {
        /** Opens it. */
        S open() throws IOException;
    }

    /**
     * Opens the store, and puts in what Mosquitto has left.
     *
     * @throws IOException with one line, also when the database cannot be read: nothing of it is to be lost unseen
     */
    public static <S extends MessageStore & Closeable> S open(StoreFolder folder, BrokerLog log, Opener<S> opener)
            throws IOException {
        folder.prepare();
        Path database = folder.path().resolve(DATABASE);
        Path begun = folder.path().resolve(BEGUN);
        if (!Files.isRegularFile(database)) {
            endWithoutDatabase(folder, begun, log);
            return opener.open();
        }
        boolean isEmpty = folder.ownSegments().isEmpty();
        if (!isEmpty && !Files.exists(begun)) {
            return opener.open();
        }
        MosquittoDatabase found = MosquittoDatabase.read(database);
        begin(folder, begun);
        S store = opener.open();
        Moving moving = new Moving(store, System.currentTimeMillis());
        try {
            moving.move(found);
            keep(store, moving, folder);
            Files.delete(begun);
            folder.force();
        } catch (IOException | RuntimeException e) {
            undo(store, folder, begun, e);
            throw e;
        }
        log.log(LogType.NOTICE, "The store took over " + database + ": " + found.summary() + ".");
        if (!moving.leftOut().isEmpty()) {
            log.log(
                    LogType.WARNING,
                    "Warning: " + moving.leftOut() + " in " + database
                            + " were left out: their client, or the message itself, is not in it.");
        }
        return store;
    }

    /** Waits for all to be on the disk; not for room on it: the line about that would wait for the log, and the log for the store. */
    private static void keep(MessageStore store, Moving moving, StoreFolder folder) throws IOException {
        CompletableFuture<Void> kept = CompletableFuture.runAsync(store::sync);
        String line = "Error: " + folder.path().resolve(DATABASE) + " cannot be taken over: ";
        long before = moving.backlog();
        while (true) {
            try {
                kept.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                return;
            } catch (TimeoutException e) {
                long left = moving.backlog();
                if (store.state() == State.FULL && left > 0 && left == before) {
                    throw new IOException(line + "the disk of " + folder.path() + " is full.", e);
                }
                before = left;
            } catch (ExecutionException e) {
                throw new IOException(line + e.getCause(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(line + "interrupted.", e);
            }
        }
    }

    /** What is kept from now on must not go when the database is back. */
    private static void endWithoutDatabase(StoreFolder folder, Path begun, BrokerLog log) throws IOException {
        if (Files.deleteIfExists(begun)) {
            folder.force();
            log.log(
                    LogType.WARNING,
                    "Warning: The store in " + folder.path() + " was about to take over a " + DATABASE
                            + " that is gone; it goes on with what it has.");
        }
    }

    /** Leaves nothing of an attempt that did not come to its end. */
    private static void begin(StoreFolder folder, Path begun) throws IOException {
        FolderLock lock = FolderLock.take(folder);
        try {
            deleteHalf(folder, begun);
        } finally {
            lock.close();
        }
    }

    private static void deleteHalf(StoreFolder folder, Path begun) throws IOException {
        for (Path half : folder.ownSegments().values()) {
            Files.delete(half);
        }
        if (!Files.exists(begun)) {
            StoreFolder.create(begun, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)
                    .close();
        }
        folder.force();
    }

    private static void undo(Closeable store, StoreFolder folder, Path begun, Exception cause) {
        try {
            store.close();
            begin(folder, begun);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }
}
