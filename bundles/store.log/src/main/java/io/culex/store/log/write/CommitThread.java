// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.write;

import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import io.culex.api.store.Kept;
import io.culex.api.store.MessageStore.State;
import io.culex.store.log.append.Appender;
import io.culex.store.log.append.Room;
import io.culex.store.log.clean.Cleaner;
import io.culex.store.log.format.Frame;
import io.culex.store.log.index.Contents;
import io.culex.store.log.index.Messages;
import io.culex.store.log.read.Loader;
import io.culex.store.log.read.Wanted;
import io.culex.store.log.segment.Location;
import io.culex.store.log.segment.Segment;
import io.culex.store.log.segment.Segments;
import io.culex.store.log.segment.StoreFolder;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that writes. It takes whatever is in the queue, up to a bound, writes it at once, tells the lanes, and only
 * then changes what the log is known to hold: nothing counts that is not kept.
 */
public final class CommitThread implements Runnable, Requests {
    private static final long NAP_NANOS = 500_000_000L;
    private static final long CLOSE_NANOS = 3_000_000_000L;

    private final Ring ring = new Ring();
    private final Ids ids;
    private final Segments segments;
    private final Contents contents;
    private final Appender appender;
    private final Room room;
    private final Cleaner cleaner;
    private final Loader loader;
    private final BrokerLog log;
    private final Statistics statistics;
    private final List<LogLane> lanes = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<Runnable> posts = new ConcurrentLinkedQueue<>();
    private final LogLane control;
    private final Batch batch = new Batch();
    private final Intake intake = new Intake(ring, lanes);
    private final Thread thread;
    private @Nullable IOException failure;
    private volatile long closingSince;
    private boolean ended;

    /** Does not run before {@link #start}. */
    public CommitThread(Parts parts, BrokerLog log, Statistics statistics) {
        this.ids = parts.ids();
        this.segments = parts.disk().segments();
        this.contents = parts.contents();
        this.appender = parts.appender();
        this.room = parts.disk().room();
        this.cleaner = parts.cleaner();
        this.loader = parts.loader();
        this.log = log;
        this.statistics = statistics;
        appender.giveUpWhen(this::isLate);
        control = new LogLane(ring, ids, 0, new Silent(), this);
        lanes.add(control);
        thread = new Thread(this, "culex-store-commit");
        thread.setDaemon(true);
    }

    private record Silent() implements Kept {
        @Override
        public void kept(long operation) {}

        @Override
        public void failed(Throwable cause) {}
    }

    /** Begins. */
    public void start() {
        statistics.publish(segments, contents);
        thread.start();
    }

    /** A lane for one thread. */
    public synchronized LogLane lane(Kept kept) {
        LogLane lane = new LogLane(ring, ids, lanes.size(), kept, this);
        lanes.add(lane);
        post(() -> tell(lane));
        return lane;
    }

    private void tell(LogLane lane) {
        IOException cause = failure;
        if (cause != null) {
            lane.fail(cause);
        }
    }

    /** Does something on this thread after everything that was taken before. */
    public synchronized void request(Runnable request) {
        control.request(request);
    }

    /** Does something on this thread soon. */
    public void post(Runnable task) {
        posts.add(task);
        ring.wake();
    }

    /** Writes what is in the queue, and ends. */
    public void close() throws InterruptedException {
        closingSince = System.nanoTime() | 1;
        request(() -> ended = true);
        thread.join();
        ring.close();
    }

    /** Does what was posted too late; for the one who has closed it, when nobody posts any more. */
    public void finish() {
        for (Runnable task = posts.poll(); task != null; task = posts.poll()) {
            task.run();
        }
    }

    /** Whether it has waited for room long enough: the store is to be closed. */
    private boolean isLate() {
        long since = closingSince;
        return since != 0 && System.nanoTime() - since > CLOSE_NANOS;
    }

    /** The store is at an end; any thread. */
    public void fail(IOException cause) {
        post(() -> failed(cause));
    }

    private void failed(IOException cause) {
        if (failure == null) {
            failure = cause;
            room.failed();
            log.log(
                    LogType.ERROR,
                    "Error: The store has failed and keeps nothing any more: " + StoreFolder.reason(cause));
            for (LogLane lane : lanes) {
                lane.fail(cause);
            }
        }
    }

    @Override
    public void run() {
        boolean drained = false;
        while (!drained) {
            try {
                if (!step()) {
                    drained = ended;
                    if (!ended) {
                        idle();
                    }
                }
            } catch (IOException e) {
                failed(e);
            } catch (RuntimeException | Error e) {
                drained = failure != null; // not even throwing away works
                failed(new IOException("an error of the store itself: " + e, e));
            }
        }
        if (failure == null) {
            try {
                appender.seal();
                appender.active().force();
            } catch (IOException e) {
                failed(e);
            }
        }
    }

    private boolean step() throws IOException {
        Runnable task = posts.poll();
        if (task != null) {
            task.run();
            return true;
        }
        boolean worked = request() || (failure == null ? commit() : discard());
        if (failure == null) {
            room.look();
            if (cleaner.step()) {
                worked = true;
                statistics.publish(segments, contents);
            }
        }
        return worked;
    }

    private void idle() {
        ring.beginIdle();
        if (posts.isEmpty() && !intake.advance()) {
            if (room.state() == State.FULL) {
                LockSupport.parkNanos(this, NAP_NANOS);
            } else {
                LockSupport.park(this);
            }
        }
        ring.endIdle();
    }

    private boolean request() {
        LogLane lane = intake.nextRequest();
        if (lane == null) {
            return false;
        }
        Runnable request = lane.nextRequest();
        if (request != null) {
            request.run();
        }
        return true;
    }

    private boolean commit() throws IOException {
        long begin = System.nanoTime();
        if (needsRoll()) {
            appender.roll();
            return true;
        }
        if (!intake.gather(batch, appender.active().salt(), appender::fits)) {
            return intake.length() > 0; // it has come in this instant
        }
        int at = appender.active().size();
        try {
            appender.append(batch.buffers(), batch.slices(), batch.bytes());
        } catch (IOException e) {
            batch.lanes().forEach(LogLane::discard);
            throw e;
        }
        for (LogLane lane : batch.lanes()) {
            keep(lane);
        }
        batch.apply(contents, appender.active().number(), at);
        intake.giveBack();
        statistics.committed(batch.records(), batch.bytes(), System.nanoTime() - begin);
        batch.clear();
        statistics.publish(segments, contents);
        return true;
    }

    private void keep(LogLane lane) {
        try {
            lane.keep();
        } catch (RuntimeException e) {
            log.log(LogType.ERROR, "Error: The broker did not take what is kept: " + e);
        }
    }

    private boolean needsRoll() {
        int length = intake.length();
        return length > 0 && (appender.canHaveBetter() || !appender.fits(0, Frame.size(length)));
    }

    private boolean discard() {
        boolean any = intake.gather(batch, 0, (others, size) -> true);
        batch.lanes().forEach(LogLane::discard);
        intake.giveBack();
        batch.clear();
        return any;
    }

    @Override
    public void load(Wanted wanted) {
        long[] ids = wanted.ids();
        Messages known = contents.messages();
        @Nullable Segment[] from = new @Nullable Segment[ids.length];
        int[] places = new int[ids.length];
        int[] sizes = new int[ids.length];
        for (int i = 0; i < ids.length; i++) {
            long location = known.location(ids[i]);
            if (location >= 0) {
                from[i] = segments.get(Location.segment(location));
                places[i] = Location.place(location);
                sizes[i] = known.size(ids[i]);
            }
        }
        loader.load(from, places, sizes, wanted, () -> post(() -> load(wanted)));
    }
}
