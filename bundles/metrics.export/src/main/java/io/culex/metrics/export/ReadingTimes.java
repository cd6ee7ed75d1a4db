// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.export;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The times that readings are said to be of: one interval after the last, also for one that comes late, because a burst of late ones
 * catches up. A clock that was set does not: how far it is off then stays the same from one reading to the next, and its word is
 * taken. Not for several threads.
 */
final class ReadingTimes {
    private static final Duration MAY_BE_OFF = Duration.ofSeconds(1);
    private static final Duration MAY_BE_LATE = Duration.ofSeconds(5);

    private final Duration interval;
    private final Duration same;
    private final Duration most;
    private @Nullable Instant last;
    private Duration before = Duration.ZERO;

    ReadingTimes(Duration interval) {
        this.interval = interval;
        // Of a burst each is one interval less late than the one before it, which must not look the same.
        Duration half = interval.dividedBy(2);
        this.same = half.compareTo(MAY_BE_OFF) < 0 ? half : MAY_BE_OFF;
        this.most = interval.multipliedBy(2).plus(MAY_BE_LATE);
    }

    /** The time of a reading that is made now. */
    Instant next(Instant now) {
        Instant due = last == null ? now : last.plus(interval);
        Duration off = Duration.between(due, now);
        boolean wasSet = isMoreThan(off, MAY_BE_OFF) && !isMoreThan(off.minus(before), same);
        boolean takesClock = wasSet || isMoreThan(off, most);
        Instant time = takesClock ? now : due;
        before = takesClock ? Duration.ZERO : off;
        last = time;
        return time;
    }

    private static boolean isMoreThan(Duration off, Duration limit) {
        return off.abs().compareTo(limit) > 0;
    }
}
