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

    private static final int BLOCK = 1 << 20;
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
    /** The segments whose files are to go and are still there, the oldest first. */
    private final Queue<Long> going = new ConcurrentLinkedQueue<>();
    /** Whether a file is still there that had to go; for the thread. */
    private boolean stuck;
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

    /** Deletes a segment's file (moves it aside when it is to be kept) once those that its records were copied to are on the disk; then {@code gone}. */
    public void delete(Segment segment, List<Segment> copies, Runnable gone) {
        going.add(segment.number());
        thread.execute(() -> {
            if (stuck) {
                return; // what was done with the records of an older one may stand in this one
            }
            try {
                for (Segment copy : copies) {
                    copy.force();
                }
                if (segment.isFileKept()) {
                    folder.moveAside(segment.path());
                } else {
                    Files.deleteIfExists(segment.path());
                    folder.force();
                }
                going.remove();
                gone.run();
            } catch (IOException e) {
                stuck = true;
                failed.accept(e);
            }
        });
    }

    /** The oldest segment that the next start must read: an older one than {@code needed} while that has still to go. */
    public long oldest(long needed) {
        Long first = going.peek();
        return first == null ? needed : first;
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
