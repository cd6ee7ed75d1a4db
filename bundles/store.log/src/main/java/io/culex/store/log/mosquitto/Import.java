// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.mosquitto;

import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import io.culex.api.store.MessageStore;
import io.culex.store.log.segment.FolderLock;
import io.culex.store.log.segment.StoreFolder;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Moves in from Mosquitto: when the folder has a {@code mosquitto.db} and no store yet, the store begins with what is in it. All or
 * nothing: a file marks that it has begun, and while that is there the next start begins anew. The database stays as it is. The
 * folder is held from the first look to the end: what another process made in between would be deleted.
 */
public final class Import {
    static final String DATABASE = "mosquitto.db";
    private static final String BEGUN = "importing";

    private Import() {}

    /** Opens the store. */
    public interface Opener<S extends MessageStore & Closeable> {
        /** Opens it; the lock on its folder is its own from then on, also when it fails. */
        S open(FolderLock lock) throws IOException;
    }

    /**
     * Opens the store, and puts in what Mosquitto has left.
     *
     * @throws IOException with one line, also when the database cannot be read: nothing of it is to be lost unseen
     */
    public static <S extends MessageStore & Closeable> S open(StoreFolder folder, BrokerLog log, Opener<S> opener)
            throws IOException {
        folder.prepare();
        FolderLock lock = FolderLock.take(folder);
        MosquittoDatabase found;
        try {
            found = begin(folder, log);
        } catch (IOException | RuntimeException | Error e) {
            lock.close();
            throw e;
        }
        S store = opener.open(lock);
        if (found != null) {
            try {
                move(found, store, folder, log);
            } catch (IOException | RuntimeException | Error e) {
                undo(store, folder, e);
                throw e;
            }
        }
        return store;
    }

    /** What is to be moved, when nothing is left of an attempt that did not come to its end; null: nothing. */
    private static @Nullable MosquittoDatabase begin(StoreFolder folder, BrokerLog log) throws IOException {
        Path database = folder.path().resolve(DATABASE);
        if (!Files.isRegularFile(database)) {
            endWithoutDatabase(folder, log);
            return null;
        }
        if (!Files.exists(begun(folder)) && !folder.ownSegments().isEmpty()) {
            return null;
        }
        MosquittoDatabase found = MosquittoDatabase.read(database);
        deleteHalf(folder);
        return found;
    }

    private static Path begun(StoreFolder folder) {
        return folder.path().resolve(BEGUN);
    }

    private static void move(MosquittoDatabase found, MessageStore store, StoreFolder folder, BrokerLog log)
            throws IOException {
        Path database = folder.path().resolve(DATABASE);
        Moving moving = new Moving(store, folder.path(), System.currentTimeMillis());
        moving.move(found);
        Files.delete(begun(folder));
        folder.force();
        log.log(LogType.NOTICE, "The store took over " + database + ": " + found.summary() + ".");
        if (!moving.leftOut().isEmpty()) {
            log.log(
                    LogType.WARNING,
                    "Warning: " + moving.leftOut() + " in " + database
                            + " were left out: their client, or the message itself, is not in it.");
        }
    }

    /** What is kept from now on must not go when the database is back. */
    private static void endWithoutDatabase(StoreFolder folder, BrokerLog log) throws IOException {
        if (Files.deleteIfExists(begun(folder))) {
            folder.force();
            log.log(
                    LogType.WARNING,
                    "Warning: The store in " + folder.path() + " was about to take over a " + DATABASE
                            + " that is gone; it goes on with what it has.");
        }
    }

    private static void deleteHalf(StoreFolder folder) throws IOException {
        for (Path half : folder.ownSegments().values()) {
            Files.delete(half);
        }
        if (!Files.exists(begun(folder))) {
            StoreFolder.create(begun(folder), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)
                    .close();
        }
        folder.force();
    }

    private static void undo(Closeable store, StoreFolder folder, Throwable cause) {
        try {
            store.close();
            FolderLock lock = FolderLock.take(folder);
            try {
                // Else it is whole: this one's, or that of another process, which came as soon as the folder was free.
                if (Files.exists(begun(folder))) {
                    deleteHalf(folder);
                }
            } finally {
                lock.close();
            }
        } catch (IOException | RuntimeException | Error e) {
            cause.addSuppressed(e);
        }
    }
}
