// SPDX-License-Identifier: Apache-2.0
package io.culex.core.loop;

import java.time.Duration;

/** A clock that stands still until a test moves it. */
public final class FakeClock implements Clock {
    private long millis = 1_700_000_000_000L;
    private long nanos = 42;

    @Override
    public long millis() {
        return millis;
    }

    @Override
    public long nanos() {
        return nanos;
    }

    /** Moves both clocks on. */
    public void pass(Duration time) {
        millis += time.toMillis();
        nanos += time.toNanos();
    }
}
