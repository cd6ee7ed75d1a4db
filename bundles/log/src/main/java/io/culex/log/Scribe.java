// SPDX-License-Identifier: Apache-2.0
package io.culex.log;

import io.culex.api.log.LogType;
import java.util.concurrent.atomic.LongAdder;

/** The thread that writes: formats what is in the backlog, and brings it out whenever the backlog is empty. */
final class Scribe implements Runnable {
    private final Backlog backlog;
    private final LongAdder written = new LongAdder();
    private LineFormat format;
    private Outlets outlets;
    private long droppedReported;
    private volatile boolean closing;

    Scribe(Backlog backlog, LineFormat format, Outlets outlets) {
        this.backlog = backlog;
        this.format = format;
        this.outlets = outlets;
    }

    /** Makes {@link #run} return when the backlog is empty. */
    void close() {
        closing = true;
        backlog.wake();
    }

    /** How many lines were written so far. */
    long written() {
        return written.sum();
    }

    @Override
    public void run() {
        while (true) {
            // Read first: what was offered before the close is found by the look that follows.
            boolean last = closing;
            Entry entry = backlog.poll();
            if (entry instanceof Line line) {
                write(line);
            } else if (entry instanceof Turnover turnover) {
                outlets.close();
                format = turnover.format();
                outlets = turnover.outlets();
            } else if (!idle(last)) {
                return;
            }
        }
    }

    private boolean idle(boolean last) {
        reportDropped();
        outlets.flush(format);
        if (last) {
            outlets.close();
            return false;
        }
        backlog.await(() -> closing);
        return true;
    }

    private void reportDropped() {
        long dropped = backlog.dropped();
        if (dropped > droppedReported) {
            String text = (dropped - droppedReported)
                    + " log lines were dropped because a destination of the log could not keep up.";
            droppedReported = dropped;
            write(new Line(LogType.WARNING, System.currentTimeMillis() / 1000, text));
        }
    }

    private void write(Line line) {
        outlets.write(line, format.format(line));
        written.increment();
    }
}
