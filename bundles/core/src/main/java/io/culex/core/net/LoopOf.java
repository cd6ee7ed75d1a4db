// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import io.culex.core.loop.Loop;
import io.netty.channel.EventLoop;
import java.util.IdentityHashMap;
import java.util.Map;

/** Which of the broker's loops is which of Netty's. Any thread. */
final class LoopOf {
    private final Map<EventLoop, Loop> loops = new IdentityHashMap<>();
    private final Map<Loop, EventLoop> eventLoops = new IdentityHashMap<>();

    /** The loops in pairs. */
    LoopOf(Map<EventLoop, Loop> pairs) {
        pairs.forEach((eventLoop, loop) -> {
            loops.put(eventLoop, loop);
            eventLoops.put(loop, eventLoop);
        });
    }

    Loop loop(EventLoop eventLoop) {
        Loop loop = loops.get(eventLoop);
        if (loop == null) {
            throw new IllegalArgumentException("not a loop of the broker: " + eventLoop);
        }
        return loop;
    }

    EventLoop eventLoop(Loop loop) {
        EventLoop eventLoop = eventLoops.get(loop);
        if (eventLoop == null) {
            throw new IllegalArgumentException("not a loop of the broker: " + loop.index());
        }
        return eventLoop;
    }
}
