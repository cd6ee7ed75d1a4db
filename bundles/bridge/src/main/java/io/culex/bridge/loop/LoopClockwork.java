// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge.loop;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The time of an event loop of the broker. */
public final class LoopClockwork implements Clockwork {
    private final EventLoop loop;

    /** On that loop. */
    public LoopClockwork(EventLoop loop) {
        this.loop = loop;
    }

    /** The loop itself, for channels. */
    public EventLoop loop() {
        return loop;
    }

    @Override
    public long millis() {
        return System.nanoTime() / 1_000_000;
    }

    @Override
    public boolean isHere() {
        return loop.inEventLoop();
    }

    @Override
    public void run(Runnable task) {
        if (loop.inEventLoop()) {
            task.run();
        } else {
            loop.execute(task);
        }
    }

    @Override
    public Alarm after(long millis, Runnable task) {
        Future<?> due = loop.schedule(task, millis, TimeUnit.MILLISECONDS);
        return () -> due.cancel(false);
    }
}
