// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.net;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;

/** Closes what blocks when the time is over, however slowly bytes trickle in. Ends when it is closed. */
final class TimeLimit implements AutoCloseable {
    private final Thread clock;
    private volatile boolean over;

    TimeLimit(Duration limit, Closeable blocking) {
        clock = new Thread(() -> run(limit, blocking), "time limit");
        clock.setDaemon(true);
        clock.start();
    }

    private void run(Duration limit, Closeable blocking) {
        try {
            Thread.sleep(limit.toMillis());
            over = true;
            blocking.close();
        } catch (InterruptedException inTime) {
            // Nothing is to be closed any more.
        } catch (IOException closedAlready) {
            // Whoever uses it finds out by itself.
        }
    }

    /** Whether that has happened. */
    boolean isOver() {
        return over;
    }

    @Override
    public void close() {
        clock.interrupt();
    }
}
