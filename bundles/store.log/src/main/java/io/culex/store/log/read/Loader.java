// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.read;

import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import io.culex.api.store.StoredMessage;
import io.culex.store.log.format.Frame;
import io.culex.store.log.format.MessageView;
import io.culex.store.log.segment.Segment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The thread that reads messages which were asked for. It also closes the files of segments that are gone, in its turn, so that
 * none is closed that it has still to read.
 */
public final class Loader implements Runnable {
    /** Messages are read together when no more than this lies between them. */
    private static final int GAP = 4 << 10;

    private static final int SPAN = 1 << 20;
    private static final int PAUSE_MILLIS = 500;

    private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final BrokerLog log;
    private final Window window = new Window(SPAN);
    private final CRC32C crc = new CRC32C();
    /** What is to be said when the messages are given, and why another attempt may help; of one question. */
    private final List<String> complaints = new ArrayList<>();

    private int damages;
    private @Nullable Throwable refusal;
    private final MessageView view = new MessageView();
    private final LongAdder loaded = new LongAdder();
    private final LongAdder damaged = new LongAdder();
    private final Thread thread;
    private volatile boolean closed;

    /** Starts the thread. */
    public Loader(BrokerLog log) {
        this.log = log;
        thread = new Thread(this, "culex-store-load");
        thread.setDaemon(true);
        thread.start();
    }

    /** Messages given so far. */
    public long loadedCount() {
        return loaded.sum();
    }

    /** Records found damaged so far. */
    public long damagedCount() {
        return damaged.sum();
    }

    /**
     * Reads the records at these places and gives the messages. Where there is no segment there is no message.
     *
     * @param again called a while later, on any thread, when the disk or the memory does not give one: it may be in another place
     *     then; also when the messages could not be handed over, so that some may be given twice
     */
    public void load(@Nullable Segment[] segments, int[] places, int[] sizes, Wanted wanted, Runnable again) {
        tasks.add(() -> {
            try {
                read(segments, places, sizes, wanted, again);
            } catch (RuntimeException | Error e) {
                // Whoever asked waits for the answer; but not one that has ended meanwhile, who refuses it for ever.
                if (e instanceof VirtualMachineError || wanted.mayWait()) {
                    later(again);
                }
                throw e;
            }
        });
    }

    private static void later(Runnable again) {
        CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS).execute(again);
    }

    /** Closes a segment's file when all that was asked for before is read. */
    public void close(Segment segment) {
        tasks.add(() -> {
            try {
                segment.close();
            } catch (IOException e) {
                log.log(LogType.WARNING, "Warning: " + segment.path() + " cannot be closed: " + e.getMessage());
            }
        });
    }

    /** Ends the thread after what was asked for before. */
    public void close() throws InterruptedException {
        tasks.add(() -> closed = true);
        thread.join();
    }

    @Override
    public void run() {
        while (!closed) {
            try {
                tasks.take().run();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException | Error e) {
                sayNotGiven(e);
            }
        }
    }

    /** Without this thread nobody would be answered any more, for want of memory for one, or for this line. */
    private void sayNotGiven(Throwable cause) {
        try {
            log.log(LogType.ERROR, "Error: Messages of the store could not be given: " + cause);
        } catch (RuntimeException | Error e) {
            cause.addSuppressed(e);
        }
    }

    private void read(@Nullable Segment[] segments, int[] places, int[] sizes, Wanted wanted, Runnable again) {
        refusal = null;
        complaints.clear();
        damages = 0;
        List<@Nullable StoredMessage> messages = readAll(segments, places, sizes);
        Throwable refused = refusal;
        if (refused != null && wanted.mayWait()) {
            log.log(LogType.WARNING, "Warning: Messages of the store will be read again: " + refused.getMessage());
            later(again);
            return;
        }
        complaints.forEach(complaint -> log.log(LogType.ERROR, complaint));
        damaged.add(damages);
        loaded.add(messages.size());
        wanted.target().loaded(messages);
    }

    private List<@Nullable StoredMessage> readAll(@Nullable Segment[] segments, int[] places, int[] sizes) {
        List<@Nullable StoredMessage> messages = new ArrayList<>(places.length);
        for (int first = 0; first < places.length; ) {
            Segment segment = segments[first];
            if (segment == null) {
                messages.add(null);
                first++;
                continue;
            }
            int end = first + 1;
            while (end < places.length && segments[end] == segment && isNear(places, sizes, first, end)) {
                end++;
            }
            readSpan(segment, places, sizes, first, end, messages);
            first = end;
        }
        return messages;
    }

    private static boolean isNear(int[] places, int[] sizes, int first, int next) {
        int gap = places[next] - places[next - 1] - sizes[next - 1];
        return gap >= 0 && gap <= GAP && places[next] + sizes[next] - places[first] <= SPAN;
    }

    private void readSpan(
            Segment segment, int[] places, int[] sizes, int first, int end, List<@Nullable StoredMessage> messages) {
        int span = places[end - 1] + sizes[end - 1] - places[first];
        window.forget();
        window.limit(span); // the first brings the others, so far as the disk gives them
        for (int i = first; i < end; i++) {
            messages.add(readOne(segment, places[i], sizes[i]));
        }
    }

    private @Nullable StoredMessage readOne(Segment segment, int place, int size) {
        try {
            int at = window.move(segment, place, size);
            int length = at < 0 || !Frame.begins(window.bytes(), at) ? 0 : Frame.length(window.bytes(), at);
            if (length == 0
                    || Frame.size(length) > size
                    || !Frame.holds(window.bytes(), at, length, segment.salt(), crc)) {
                throw new DamagedRecordException(segment, place);
            }
            return view.look(window.bytes(), at + Frame.HEADER).message();
        } catch (DamagedRecordException | IndexOutOfBoundsException e) {
            return unreadable(e);
        } catch (IOException e) {
            refusal = e;
            return unreadable(e);
        } catch (OutOfMemoryError e) {
            refusal = e;
            complaints.add("Error: There is no memory for a message of the store: " + e.getMessage());
            return null;
        }
    }

    private @Nullable StoredMessage unreadable(Exception cause) {
        damages++;
        complaints.add("Error: A message of the store cannot be read: " + cause.getMessage());
        return null;
    }
}
