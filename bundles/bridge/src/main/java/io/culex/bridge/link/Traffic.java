// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge.link;

import java.util.concurrent.atomic.LongAdder;

/** What has gone over one bridge since the start. Any thread. */
public final class Traffic {
    /** Messages sent to the other broker. */
    public final LongAdder out = new LongAdder();

    /** Their payload in bytes. */
    public final LongAdder outBytes = new LongAdder();

    /** Messages taken from the other broker. */
    public final LongAdder in = new LongAdder();

    /** Their payload in bytes. */
    public final LongAdder inBytes = new LongAdder();

    /** Messages that did not go on because they had been there before, or came too far. */
    public final LongAdder looped = new LongAdder();

    /** Messages that were too large for the other broker. */
    public final LongAdder oversize = new LongAdder();

    /** Messages from the other broker that no topic line takes in, or that may not be published here. */
    public final LongAdder unwanted = new LongAdder();

    /** Messages that the other broker refused, or that can have no topic there. */
    public final LongAdder refused = new LongAdder();

    /** Connections that the other broker accepted. */
    public final LongAdder connections = new LongAdder();

    private final Tally tally = new Tally();

    /** When a message went over it last, in the milliseconds of its clockwork; on its loop. */
    private long lastMillis;

    /** For the numbers of the broker; on its loop. */
    public Tally tally() {
        return tally;
    }

    void moved(long nowMillis) {
        lastMillis = nowMillis;
    }

    /** When a message went over it last; on its loop. */
    public long lastMillis() {
        return lastMillis;
    }
}
