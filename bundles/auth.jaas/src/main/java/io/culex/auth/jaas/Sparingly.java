// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.jaas;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** A line that anybody on the net can cause: it is written once a minute at most, with how often it was left out. Any thread. */
final class Sparingly {
    private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final LongSupplier nanos;
    private boolean isBegun;
    private long writtenAt;
    private long leftOut;

    /**
     * Begins with a line.
     *
     * @param nanos a clock of which only differences count
     */
    Sparingly(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** The line as it is to be written now; empty: it is only counted. */
    synchronized Optional<String> line(String text) {
        long now = nanos.getAsLong();
        if (isBegun && now - writtenAt < PAUSE_NANOS) {
            leftOut++;
            return Optional.empty();
        }
        String more = leftOut == 0 ? "" : " (" + leftOut + " more since the last of these lines)";
        isBegun = true;
        writtenAt = now;
        leftOut = 0;
        return Optional.of(text + more);
    }
}
