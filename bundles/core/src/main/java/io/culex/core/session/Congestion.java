// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import io.culex.core.loop.Loop;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets a receiver that falls behind slow those who publish to it, so that nothing is dropped while it catches up. Bounded: in
 * each {@value #PATIENCE_MILLIS} ms it must take {@value #PROGRESS} messages. One that does not is slow and holds nobody for a time that grows
 * with each failure; until it has, its publishers only let everyone else have a turn between two of their packets. At its
 * limits it loses messages, the others lose no time. One whose gate waits for a plugin is not slow: it is waited for as long as
 * the gate is. On the session's loop, but {@link #isBehind()}.
 */
final class Congestion {
    static final int PATIENCE_MILLIS = 50;
    static final int PROGRESS = 128;
    private static final int FIRST_PENALTY_MILLIS = 250;
    private static final int LONGEST_PENALTY_MILLIS = 16_000;

    /** As many messages may be on their way to a receiver from another loop before that one learns that it is behind. */
    private static final int ON_THEIR_WAY = 8_192;

    /** The limit to reckon with when there is none. */
    private static final int UNLIMITED = 16_384;

    private final Session session;
    private final Loop loop;
    private final List<Runnable> waiting = new ArrayList<>(0);
    private volatile boolean behind;
    private boolean holding;
    private boolean watched;
    private boolean excused;
    private long watchedSinceNanos;
    private int lastBacklog;
    private int taken;
    private int spared;
    private long sparedBytes;
    private long slowUntilMillis;
    private int penaltyMillis = FIRST_PENALTY_MILLIS;

    Congestion(Session session) {
        this.session = session;
        this.loop = session.home();
    }

    /** Whether those who publish to it are to ask for relief before they go on. Any thread. */
    boolean isBehind() {
        return behind;
    }

    /**
     * Whether a message above the limits is taken all the same: it was on its way when the receiver fell behind, when nobody could
     * hold its publisher yet. Bounded, in bytes of payload too, and once until the receiver has caught up.
     */
    boolean spares(int length) {
        boolean may = holding && spared < ON_THEIR_WAY && sparedBytes < Link.MOST_QOS0_BYTES;
        if (may) {
            spared++;
            sparedBytes += length;
        }
        return may;
    }

    /** More waits than before. */
    void grew(int backlog) {
        lastBacklog = backlog;
        if (backlog < high() || !session.isOnline()) {
            return;
        }
        if (!behind) {
            behind = true;
            loop.congested(1);
        }
        boolean waits = waitsForPlugin();
        excused |= waits;
        if (!holding && (waits || loop.wheel().tickMillis() >= slowUntilMillis)) {
            holding = true;
            watch();
        }
    }

    /** Less waits than before. */
    void shrank(int backlog) {
        taken += Math.max(0, lastBacklog - backlog);
        lastBacklog = backlog;
        if (behind && backlog <= high() / 4) {
            if (holding) {
                penaltyMillis = FIRST_PENALTY_MILLIS;
            }
            over();
        }
    }

    /** It has caught up, or its link is gone: nobody waits for it. */
    void over() {
        if (behind) {
            behind = false;
            spared = 0;
            sparedBytes = 0;
            loop.congested(-1);
            letGo();
        }
    }

    /** Runs {@code relief} when the receiver has caught up, or in the next iteration when it takes too long. */
    void await(Runnable relief) {
        if (holding) {
            waiting.add(relief);
        } else if (behind) {
            loop.nextIteration(relief);
        } else {
            relief.run();
        }
    }

    private void letGo() {
        holding = false;
        if (!waiting.isEmpty()) {
            List<Runnable> relieved = List.copyOf(waiting);
            waiting.clear();
            relieved.forEach(Runnable::run);
        }
    }

    private void watch() {
        if (!watched) {
            watched = true;
            watchedSinceNanos = loop.clock().nanos();
            taken = 0;
            loop.schedule(this::look, PATIENCE_MILLIS);
        }
    }

    private void look() {
        watched = false;
        if (!holding) {
            return;
        }
        boolean inTime = loop.clock().nanos() - watchedSinceNanos < PATIENCE_MILLIS * 1_000_000L;
        boolean waits = waitsForPlugin();
        boolean isExcused = waits || excused;
        excused = waits;
        if (!inTime && taken < PROGRESS && !isExcused) {
            slowUntilMillis = loop.wheel().tickMillis() + penaltyMillis;
            penaltyMillis = Math.min(penaltyMillis * 2, LONGEST_PENALTY_MILLIS);
            letGo();
        } else {
            watch();
        }
    }

    /** Bounded by {@code plugin_swap_timeout}. */
    private boolean waitsForPlugin() {
        return session.rights().isWaiting(session.gate());
    }

    private int high() {
        int limit = session.settings().limits().maxQueuedMessages();
        return limit == 0 ? UNLIMITED / 2 : Math.max(1, limit / 2);
    }
}
