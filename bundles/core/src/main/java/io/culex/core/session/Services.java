// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import io.culex.api.log.BrokerLog;
import io.culex.core.loop.Counter;
import io.culex.core.loop.Loops;
import io.culex.core.plugin.Current;
import io.culex.core.plugin.Observers;
import io.culex.core.route.Router;

/** What sessions and links need of the rest of the broker. */
public record Services(
        Loops loops, Router router, Directory directory, Current current, Observers observers, BrokerLog log) {
    /** Whether that many bytes more are beyond {@code memory_limit}: what waits in all sessions and what is retained. Any thread. */
    public boolean isMemoryFull(int more) {
        long limit = current.broker().limits().memoryBytes();
        return limit > 0 && loops.sum(Counter.QUEUED_BYTES) + router.retained().bytes() + more > limit;
    }

    /** Whether there is room for a retained message; one takes the place of the one before, an empty one makes room. Any thread. */
    public boolean mayRetain(String topic, int length) {
        return length == 0
                || !isMemoryFull(length)
                || !isMemoryFull(length - router.retained().bytesOf(topic));
    }
}
