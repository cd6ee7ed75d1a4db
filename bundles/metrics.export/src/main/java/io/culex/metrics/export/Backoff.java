// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.export;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long to wait after a failure: longer each time, and not the same for everyone. Not for several threads. */
final class Backoff {
    private static final long FIRST_MILLIS = 500;
    private static final double JITTER = 0.25;

    private final long longest;
    private long next = FIRST_MILLIS;

    Backoff(Duration longest) {
        this.longest = longest.toMillis();
    }

    /** Milliseconds to wait now; as long as the server wants, when it said so. */
    long next(Duration wanted) {
        long millis = Math.min(next, longest);
        next = Math.min(next * 2, longest);
        double spread = 1 + ThreadLocalRandom.current().nextDouble(-JITTER, JITTER);
        return Math.max(wanted.toMillis(), Math.round(millis * spread));
    }

    void reset() {
        next = FIRST_MILLIS;
    }
}
