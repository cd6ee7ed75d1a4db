// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log;

import io.culex.api.log.BrokerLog;
import io.culex.api.store.Kept;
import io.culex.api.store.MessageStore;
import io.culex.api.store.StoreLane;
import io.culex.store.log.append.Appender;
import io.culex.store.log.append.Disk;
import io.culex.store.log.append.Housekeeper;
import io.culex.store.log.append.Room;
import io.culex.store.log.append.Settings;
import io.culex.store.log.clean.Cleaner;
import io.culex.store.log.format.SegmentHeader;
import io.culex.store.log.index.Contents;
import io.culex.store.log.read.Loader;
import io.culex.store.log.read.RecordReader;
import io.culex.store.log.read.Window;
import io.culex.store.log.recover.Giving;
import io.culex.store.log.recover.Opening;
import io.culex.store.log.segment.FolderLock;
import io.culex.store.log.segment.Segment;
import io.culex.store.log.segment.Segments;
import io.culex.store.log.segment.StoreFolder;
import io.culex.store.log.write.CommitThread;
import io.culex.store.log.write.Ids;
import io.culex.store.log.write.Parts;
import io.culex.store.log.write.Statistics;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The store over one folder, from opening to closing. */
final class LogEngine implements MessageStore, Closeable {
    private static final int WINDOW = 1 << 20;

    private final StoreFolder folder;
    private final FolderLock lock;
    private final Segments segments = new Segments();
    private final Contents contents = new Contents(segments);
    private final Statistics statistics = new Statistics();
    private final BrokerLog log;
    private final Room room;
    private final Housekeeper housekeeper;
    private final Loader loader;
    private final Cleaner cleaner;
    private final CommitThread commits;
    private final int corruptionsAtOpen;
    private final long node;
    private boolean closed;

    private LogEngine(StoreFolder folder, Settings settings, BrokerLog log, FolderLock lock) throws IOException {
        this.folder = folder;
        this.lock = lock;
        this.log = log;
        folder.deletePrepared();
        room = new Room(folder, settings.reserveBytes(), log);
        room.makeWay();
        Opening opening = new Opening(folder, segments, contents, log);
        SegmentHeader next = opening.read();
        corruptionsAtOpen = opening.corruptions();
        node = next.node();
        room.begin();
        Ids ids = new Ids(next.epoch());
        AtomicReference<@Nullable CommitThread> thread = new AtomicReference<>();
        housekeeper = new Housekeeper(folder, settings.segmentBytes(), failure -> {
            CommitThread running = thread.get();
            if (running != null) {
                running.fail(failure);
            }
        });
        Disk disk = new Disk(folder, segments, housekeeper, room, settings);
        Appender appender = new Appender(disk, next, ids::epoch);
        loader = new Loader(log);
        cleaner = new Cleaner(disk, contents, appender, loader, log);
        commits = new CommitThread(new Parts(disk, contents, appender, cleaner, loader, ids), log, statistics);
        thread.set(commits);
        commits.start();
    }

    /**
     * Opens the store; blocks until everything in it is read.
     *
     * @throws IOException with one line that says why it cannot be opened
     */
    static LogEngine open(StoreFolder folder, Settings settings, BrokerLog log) throws IOException {
        folder.prepare();
        return open(folder, settings, log, FolderLock.take(folder));
    }

    /** Opens the store of a folder that is held already; gives it free when it cannot. */
    static LogEngine open(StoreFolder folder, Settings settings, BrokerLog log, FolderLock lock) throws IOException {
        try {
            return new LogEngine(folder, settings, log, lock);
        } catch (IOException e) {
            lock.close();
            String reason = StoreFolder.reason(e);
            throw new IOException(
                    "Error: The store in " + folder.path() + " cannot be opened: " + reason.replace('\n', ' '), e);
        } catch (RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    @Override
    public String identity() {
        return Long.toHexString(node);
    }

    @Override
    public void recover(Recovery recovery) {
        new Giving(contents, new RecordReader(segments, new Window(WINDOW)), log).give(recovery);
        commits.post(cleaner::enable);
    }

    @Override
    public StoreLane lane(Kept kept) {
        return commits.lane(kept);
    }

    @Override
    public State state() {
        return room.state();
    }

    @Override
    public void sync() {
        try {
            onFiles(() -> housekeeper.force(segments.all())).join();
        } catch (CompletionException e) {
            throw new IllegalStateException("the store cannot be brought to the disk: " + e.getCause(), e);
        }
    }

    private interface Start {
        CompletableFuture<Void> run();
    }

    private CompletableFuture<Void> onFiles(Start start) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        ask(() -> {
            if (room.state() == State.FAILED) {
                done.completeExceptionally(new IOException("the store has failed"));
                return;
            }
            start.run().whenComplete((nothing, failure) -> {
                if (failure != null) {
                    done.completeExceptionally(failure);
                } else {
                    done.complete(null);
                }
            });
        });
        return done;
    }

    private synchronized void ask(Runnable request) {
        if (closed) {
            throw new IllegalStateException("the store is closed");
        }
        commits.request(request);
    }

    /** Takes the segments as they are after everything that was taken before, while none of them can go. */
    interface Snapshot {
        /** What is there: for the last one, so far as it is written. */
        void take(List<Extent> extents) throws IOException;
    }

    /**
     * A segment, and how much of it counts.
     *
     * @param size bytes
     */
    record Extent(Segment segment, int size) {}

    /** Completes when the snapshot was taken, and fails as that does. Any thread. */
    CompletableFuture<Void> snapshot(Snapshot snapshot) {
        return onFiles(() -> {
            List<Extent> extents = segments.all().stream()
                    .map(segment -> new Extent(segment, segment.size()))
                    .toList();
            return housekeeper.doing(() -> snapshot.take(extents));
        });
    }

    Statistics statistics() {
        return statistics;
    }

    StoreFolder folder() {
        return folder;
    }

    /** For tests: lets the next write fail. */
    void breakFile() throws IOException {
        segments.all().get(segments.count() - 1).close();
    }

    long loadedCount() {
        return loader.loadedCount();
    }

    long corruptions() {
        return corruptionsAtOpen + loader.damagedCount();
    }

    /** Writes what was taken, closes the files and gives the folder free. Blocks. */
    @Override
    public void close() throws IOException {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        try {
            commits.close();
            housekeeper.close();
            commits.finish();
            loader.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            for (Segment segment : segments.all()) {
                segment.close();
            }
            lock.close();
        }
    }
}
