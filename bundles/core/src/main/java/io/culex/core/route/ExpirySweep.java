// SPDX-License-Identifier: Apache-2.0
package io.culex.core.route;

import io.culex.core.loop.Clock;
import io.culex.core.plugin.Current;
import java.util.concurrent.TimeUnit;

/**
 * Removes expired retained messages every {@code retain_expiry_interval}. They go when somebody asks for them, too, but nobody asks for
 * those of topics that do not come again: so without an interval they are looked for now and then. On the admin thread.
 */
public final class ExpirySweep implements Runnable {
    private static final long UNASKED_MILLIS = TimeUnit.HOURS.toMillis(1);

    private final Retained retained;
    private final Current current;
    private final Clock clock;
    private long lastMillis;

    /** Over the broker's retained messages. */
    public ExpirySweep(Retained retained, Current current, Clock clock) {
        this.retained = retained;
        this.current = current;
        this.clock = clock;
        this.lastMillis = clock.millis();
    }

    @Override
    public void run() {
        long interval = current.broker().retain().expiryInterval().toMillis();
        long now = clock.millis();
        if (now - lastMillis >= (interval > 0 ? interval : UNASKED_MILLIS)) {
            lastMillis = now;
            retained.sweep();
        }
    }
}
