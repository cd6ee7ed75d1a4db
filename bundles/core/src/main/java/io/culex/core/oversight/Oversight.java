// SPDX-License-Identifier: Apache-2.0
package io.culex.core.oversight;

import io.culex.core.loop.Clock;

/** What an operator has forbidden, and what he watches. Any thread. */
public record Oversight(BanList bans, TraceList traces) {
    /** Nothing yet. */
    public static Oversight none(Clock clock) {
        return new Oversight(new BanList(clock), new TraceList(clock));
    }

    /** Lets go of what is over; now and then. */
    public void sweep() {
        bans.sweep();
        traces.sweep();
    }
}
