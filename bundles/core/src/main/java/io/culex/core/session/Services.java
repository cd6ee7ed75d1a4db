// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import io.culex.api.log.BrokerLog;
import io.culex.core.loop.Counter;
import io.culex.core.loop.Loop;
import io.culex.core.loop.Loops;
import io.culex.core.plugin.Current;
import io.culex.core.plugin.Observers;
import io.culex.core.route.Publication;
import io.culex.core.route.Router;
import java.util.Arrays;

/** What sessions and links need of the rest of the broker. */
public record Services(
        Loops loops, Router router, Directory directory, Current current, Observers observers, BrokerLog log) {
    private static final byte[] SYS = {'$', 'S', 'Y', 'S', '/'};

    /**
     * Whether that many bytes more are beyond {@code memory_limit}: what waits in all sessions and before sockets, what is in
     * flight and what is retained. Any thread.
     */
    public boolean isMemoryFull(int more) {
        long limit = current.broker().limits().memoryBytes();
        return limit > 0 && held() + more > limit;
    }

    private long held() {
        return loops.sum(Counter.QUEUED_BYTES)
                + loops.sum(Counter.INFLIGHT_BYTES)
                + loops.sum(Counter.OUT_PACKET_BYTES)
                + router.retained().bytes();
    }

    /** Whether there is room for a retained message; one takes the place of the one before, an empty one makes room. Any thread. */
    public boolean mayRetain(String topic, int length) {
        return length == 0
                || !isMemoryFull(length)
                || !isMemoryFull(length - router.retained().bytesOf(topic));
    }

    /**
     * The message, which nobody can be refused any more: it is retained only if there is room for it. What the broker says of
     * itself always is. On {@code loop}.
     */
    public Publication retainable(Publication message, Loop loop) {
        int length = message.payload().length;
        if (!message.retain()
                || !isMemoryFull(length)
                || Arrays.mismatch(message.topic(), SYS) == SYS.length
                || mayRetain(message.topicText(), length)) {
            return message;
        }
        loop.counters().increment(Counter.PUBLISH_DROPPED);
        return message.unretained();
    }
}
