// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.append;

import io.culex.store.log.segment.PreparedFile;
import io.culex.store.log.segment.Segment;
import io.culex.store.log.segment.StoreFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A thread for what takes long: bringing files to the disk, deleting them, filling the next one with zeros, backups. It
 * does one after the other, so no file goes while a backup copies it. Its methods may be called by any thread.
 */
public final class Housekeeper {
    /** Work that may fail. */
    public interface Work {
        /** Does it. */
        void run() throws IOException;
    }

    /** A segment whose file is to go. */
    private record Going(Segment segment, List<Segment> copies, Runnable gone) {}

    private static final int BLOCK = 1 << 20;
    private static final long RETRY_MILLIS = 1000;
    private static final long CLOSE_SECONDS = 60;

    private final StoreFolder folder;
    private final int segmentBytes;
    private final Consumer<IOException> failed;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread made = new Thread(task, "culex-store-files");
        made.setDaemon(true);
        return made;
    });
    private final AtomicReference<@Nullable PreparedFile> prepared = new AtomicReference<>();
    /** Whether a file is asked for that is not prepared yet: there is never more than one. */
    private final AtomicBoolean preparing = new AtomicBoolean();
    /** Those whose files are still there, the oldest first. */
    private final Queue<Going> going = new ConcurrentLinkedQueue<>();
    /** The last of them that no backup has still to copy; for the thread. */
    private long due;
    /** Whether a file is still there that had to go; for the thread. */
    private boolean stuck;
    /** Whether one waits for the disk to have room where it is to be moved to; for the thread. */
    private boolean waitsForRoom;
    /** How many were begun, for their names; for the thread. */
    private int preparedFiles;

    /** For that folder; {@code failed} is told about a disk that fails. */
    public Housekeeper(StoreFolder folder, int segmentBytes, Consumer<IOException> failed) {
        this.folder = folder;
        this.segmentBytes = segmentBytes;
        this.failed = failed;
    }

    /** Brings the segments to the disk. What it could not write the kernel may have dropped: it has failed then, at any level. */
    public CompletableFuture<Void> force(List<Segment> segments) {
        return doing(() -> {
            try {
                for (Segment segment : segments) {
                    segment.force();
                }
            } catch (IOException e) {
                failed.accept(e);
                throw e;
            }
        });
    }

    /** Brings to the disk which files there are. */
    public void forceFolder() {
        thread.execute(() -> {
            try {
                folder.force();
            } catch (IOException e) {
                failed.accept(e);
            }
        });
    }

    /** Does something in its turn; the result fails as the work does. */
    public CompletableFuture<Void> doing(Work work) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        thread.execute(() -> {
            try {
                work.run();
                done.complete(null);
            } catch (IOException | RuntimeException | Error e) {
                done.completeExceptionally(e); // whoever waits for it has no time limit
            }
        });
        return done;
    }

    /**
     * Deletes a segment's file once those that its records were copied to are on the disk; then {@code gone}. One that is to be kept
     * is moved aside, as soon as a full disk has room for that.
     */
    public void delete(Segment segment, List<Segment> copies, Runnable gone) {
        going.add(new Going(segment, copies, gone));
        thread.execute(() -> {
            due = segment.number();
            deleteDue();
        });
    }

    /** In their order: what was done with the records of one may stand in the next. */
    private void deleteDue() {
        for (Going next = going.peek(); next != null && next.segment().number() <= due; next = going.peek()) {
            if (stuck || waitsForRoom || !delete(next)) {
                return;
            }
        }
    }

    /** Returns whether it has gone. */
    private boolean delete(Going next) {
        Segment segment = next.segment();
        try {
            for (Segment copy : next.copies()) {
                copy.force();
            }
            if (segment.isFileKept()) {
                if (!moveAside(segment)) {
                    return false;
                }
            } else {
                Files.deleteIfExists(segment.path());
                folder.force();
            }
            going.remove();
            next.gone().run();
            return true;
        } catch (IOException | RuntimeException | Error e) {
            stuck = true; // before anything that needs memory
            failed.accept(
                    e instanceof IOException failure ? failure : new IOException("a file cannot be deleted: " + e, e));
            return false;
        }
    }

    /** Returns whether it was moved: without room for that it is tried again later. */
    private boolean moveAside(Segment segment) throws IOException {
        try {
            folder.moveAside(segment.path());
            return true;
        } catch (IOException e) {
            if (!Files.exists(segment.path()) || !IoFailures.isFull(e, folder.path())) {
                throw e;
            }
            waitsForRoom = true;
            CompletableFuture.delayedExecutor(RETRY_MILLIS, TimeUnit.MILLISECONDS, thread)
                    .execute(() -> {
                        waitsForRoom = false;
                        deleteDue();
                    });
            return false;
        }
    }

    /** The oldest segment that the next start must read: an older one than {@code needed} while that has still to go. */
    public long oldest(long needed) {
        Going first = going.peek();
        return first == null ? needed : first.segment().number();
    }

    /** Begins to fill the next segment with zeros, unless it does so already. */
    public void prepare() {
        if (preparing.compareAndSet(false, true)) {
            thread.execute(() -> {
                try {
                    prepareOne();
                } finally {
                    preparing.set(false);
                }
            });
        }
    }

    private void prepareOne() {
        Path file = folder.prepared(++preparedFiles);
        try {
            // Not the last space: a segment that grows as it is written needs less.
            if (prepared.get() == null && IoFailures.usable(folder.path()) > 4L * segmentBytes) {
                prepared.set(new PreparedFile(file, fill(file)));
            }
        } catch (IOException e) {
            // Without a prepared file the next segment grows as it is written; a disk that fails shows there.
            discard(file);
        }
    }

    private FileChannel fill(Path path) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocateDirect(BLOCK);
        FileChannel file =
                folder.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            for (long at = 0; at < segmentBytes; at += BLOCK) {
                zeros.clear().limit((int) Math.min(BLOCK, segmentBytes - at));
                StoreFolder.writeFully(file, zeros, at);
            }
            file.force(true);
            return file;
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    private void discard(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            failed.accept(e);
        }
    }

    /** The prepared file, once; the caller's then. */
    public @Nullable PreparedFile takePrepared() {
        return prepared.getAndSet(null);
    }

    /** Whether there is a prepared file. */
    public boolean hasPrepared() {
        return prepared.get() != null;
    }

    /** Ends after what it has to do. */
    public void close() throws IOException {
        thread.shutdown();
        try {
            thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        PreparedFile file = takePrepared();
        if (file != null) {
            file.channel().close();
            Files.deleteIfExists(file.path());
        }
    }
}
