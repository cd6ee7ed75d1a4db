// SPDX-License-Identifier: Apache-2.0
package io.culex.core.route;

import io.culex.core.loop.Clock;
import io.culex.core.plugin.Current;

/**
 * Removes expired retained messages every {@code retain_expiry_interval}; without one they go when somebody asks for them. On
 * the admin thread.
 */
public final class ExpirySweep implements Runnable {
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
        if (interval > 0 && now - lastMillis >= interval) {
            lastMillis = now;
            retained.sweep();
        }
    }
}
