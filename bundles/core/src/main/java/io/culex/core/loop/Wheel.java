// SPDX-License-Identifier: Apache-2.0
package io.culex.core.loop;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The coarse timer of one event loop for Keep Alive, expiry and wills. A tick is a quarter of a second; a timer fires in
 * the tick after its time, never before. All methods on the owning loop only.
 */
public final class Wheel {
    /** Milliseconds of a tick. */
    public static final int TICK_MILLIS = 250;

    private static final int SLOTS = 1024;

    private final Clock clock;
    private final long startNanos;
    private final Timer[] slots = new Timer[SLOTS];
    private final Timer due = new Head();
    private long tick;
    private long tickBefore;
    private long tickMillis;
    private int armed;

    /** A wheel that stands at tick 0. */
    public Wheel(Clock clock) {
        this.clock = clock;
        this.startNanos = clock.nanos();
        this.tickMillis = clock.millis();
        for (int i = 0; i < SLOTS; i++) {
            slots[i] = new Head();
        }
    }

    /** The current tick: a cheap, coarse clock. */
    public long tick() {
        return tick;
    }

    /** The tick that was current before this one; long before when the loop did something else meanwhile, or nothing at all. */
    public long tickBefore() {
        return tickBefore;
    }

    /** Milliseconds since 1970 as of the current tick: a cheap, coarse clock. */
    public long tickMillis() {
        return tickMillis;
    }

    /** How many timers wait. */
    public int armed() {
        return armed;
    }

    /** Arms or re-arms a timer to fire after {@code millis}. */
    public void arm(Timer timer, long millis) {
        disarm(timer);
        long ticks = Math.max(1, (millis + TICK_MILLIS - 1) / TICK_MILLIS + 1);
        timer.dueTick = elapsedTicks() + ticks;
        link(timer, slots[(int) (timer.dueTick % SLOTS)]);
        armed++;
    }

    /** Takes a timer out; nothing happens when it is not armed. */
    public void disarm(Timer timer) {
        if (timer.dueTick < 0) {
            return;
        }
        unlink(timer);
        timer.dueTick = -1;
        armed--;
    }

    /** Fires what is due. Called once a tick; a late call catches up. */
    public void advance() {
        long now = elapsedTicks();
        // After a long pause every slot is looked at once, not once per missed round.
        long from = Math.max(tick + 1, now - SLOTS + 1);
        tickBefore = tick;
        tick = now;
        tickMillis = clock.millis();
        for (long t = from; t <= now; t++) {
            fire(slots[(int) (t % SLOTS)], now);
        }
    }

    private void fire(Timer head, long now) {
        Timer timer = next(head);
        while (timer != head) {
            Timer after = next(timer);
            if (timer.dueTick <= now) {
                unlink(timer);
                link(timer, due);
            }
            timer = after;
        }
        // What is due stands in a ring of its own, so that a timer may arm and disarm any other while it runs.
        for (Timer first = next(due); first != due; first = next(due)) {
            disarm(first);
            try {
                first.expired();
            } catch (RuntimeException | Error e) {
                Failure.report(e);
            }
        }
    }

    private static void link(Timer timer, Timer head) {
        Timer last = previous(head);
        timer.previous = last;
        timer.next = head;
        last.next = timer;
        head.previous = timer;
    }

    private static void unlink(Timer timer) {
        Timer before = previous(timer);
        Timer after = next(timer);
        before.next = after;
        after.previous = before;
        timer.next = null;
        timer.previous = null;
    }

    private long elapsedTicks() {
        return TimeUnit.NANOSECONDS.toMillis(clock.nanos() - startNanos) / TICK_MILLIS;
    }

    private static Timer next(Timer timer) {
        return linked(timer.next);
    }

    private static Timer previous(Timer timer) {
        return linked(timer.previous);
    }

    private static Timer linked(@Nullable Timer timer) {
        if (timer == null) {
            throw new IllegalStateException("timer list broken");
        }
        return timer;
    }

    /** Start and end of a slot's ring. */
    private static final class Head extends Timer {
        Head() {
            next = this;
            previous = this;
        }

        @Override
        protected void expired() {
            throw new IllegalStateException("a head never expires");
        }
    }
}
