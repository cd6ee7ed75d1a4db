// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import io.culex.core.loop.Loop;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets a receiver that falls behind for a moment hold those who publish to it, so that nothing is dropped while it catches up.
 * Bounded: one that has not caught up in {@value #PATIENCE_MILLIS} ms is slow, and a slow one holds nobody for
 * {@value #SLOW_MILLIS} ms: it loses messages at its limits, the others lose no time. On the session's loop, but
 * {@link #isHolding()}.
 */
final class Congestion {
    static final int PATIENCE_MILLIS = 50;
    static final int SLOW_MILLIS = 10_000;

    /** The limit to reckon with when there is none. */
    private static final int UNLIMITED = 16_384;

    private final Session session;
    private final Loop loop;
    private final List<Runnable> waiting = new ArrayList<>(0);
    private volatile boolean holding;
    private boolean watched;
    private long heldSinceNanos;
    private long slowUntilMillis;

    Congestion(Session session) {
        this.session = session;
        this.loop = session.home();
    }

    /** Whether those who publish to it are to wait. Any thread. */
    boolean isHolding() {
        return holding;
    }

    /** More waits than before. */
    void grew(int backlog) {
        if (!holding && backlog >= high() && loop.wheel().tickMillis() >= slowUntilMillis && session.isOnline()) {
            holding = true;
            loop.congested(1);
            heldSinceNanos = loop.clock().nanos();
            watch();
        }
    }

    /** Less waits than before. */
    void shrank(int backlog) {
        if (holding && backlog <= high() / 4) {
            letGo();
        }
    }

    /** The link is gone, or the session is: nobody waits for it. */
    void over() {
        if (holding) {
            letGo();
        }
    }

    /** Runs {@code relief} when the receiver has caught up, or is found to be slow; at once when it holds nobody. */
    void await(Runnable relief) {
        if (holding) {
            waiting.add(relief);
        } else {
            relief.run();
        }
    }

    private void letGo() {
        holding = false;
        loop.congested(-1);
        List<Runnable> relieved = List.copyOf(waiting);
        waiting.clear();
        relieved.forEach(Runnable::run);
    }

    private void watch() {
        if (!watched) {
            watched = true;
            loop.schedule(this::look, PATIENCE_MILLIS);
        }
    }

    private void look() {
        watched = false;
        if (!holding) {
            return;
        }
        if (loop.clock().nanos() - heldSinceNanos >= PATIENCE_MILLIS * 1_000_000L) {
            slowUntilMillis = loop.wheel().tickMillis() + SLOW_MILLIS;
            letGo();
        } else {
            watch();
        }
    }

    private int high() {
        int limit = session.settings().limits().maxQueuedMessages();
        return limit == 0 ? UNLIMITED / 2 : Math.max(1, limit / 2);
    }
}
