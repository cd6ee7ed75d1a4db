// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge;

import io.culex.bridge.settings.Backoff;
import java.util.random.RandomGenerator;

/** How long to wait before each attempt: at random, longer each time, up to the cap (SPEC F.5). On the bridge's loop. */
final class Waits {
    private final Backoff backoff;
    private final RandomGenerator random;
    private long last;

    Waits(Backoff backoff, RandomGenerator random) {
        this.backoff = backoff;
        this.random = random;
        this.last = backoff.baseSeconds() * 1000L;
    }

    /** The next time in milliseconds. */
    long next() {
        long base = backoff.baseSeconds() * 1000L;
        long cap = backoff.capSeconds() * 1000L;
        long most = Math.min(cap, last * 3);
        last = most <= base ? base : random.nextLong(base, most + 1);
        return last;
    }

    /** A connection has ended that lasted so long. */
    void lasted(long millis) {
        if (millis >= backoff.stableSeconds() * 1000L) {
            last = backoff.baseSeconds() * 1000L;
        }
    }
}
