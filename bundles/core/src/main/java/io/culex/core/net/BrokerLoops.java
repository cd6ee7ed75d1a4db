// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import io.culex.core.loop.Clock;
import io.culex.core.loop.Loop;
import io.culex.core.loop.LoopSource;
import io.culex.core.loop.Loops;
import io.culex.core.loop.Wheel;
import io.culex.transport.EventLoops;
import io.netty.channel.EventLoop;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Puts one {@link Loop} on each event loop of the transport, and keeps its wheel turning. */
@Component(service = {BrokerLoops.class, LoopSource.class})
public final class BrokerLoops implements LoopSource {
    private final Loops loops;
    private final LoopOf pairs;
    private final List<ScheduledFuture<?>> ticks = new ArrayList<>();

    /** Over the event loops of the transport. */
    @Activate
    public BrokerLoops(@Reference EventLoops eventLoops) {
        this(eventLoops, Clock.SYSTEM);
    }

    BrokerLoops(EventLoops eventLoops, Clock clock) {
        List<EventLoop> all = eventLoops.loops();
        Map<EventLoop, Loop> made = new LinkedHashMap<>();
        for (int i = 0; i < all.size(); i++) {
            EventLoop eventLoop = all.get(i);
            SingleThreadEventLoop single = (SingleThreadEventLoop) eventLoop;
            made.put(
                    eventLoop,
                    new Loop(
                            i,
                            all.size(),
                            eventLoop,
                            single::executeAfterEventLoopIteration,
                            (task, millis) -> eventLoop.schedule(task, millis, TimeUnit.MILLISECONDS),
                            clock));
        }
        loops = new Loops(List.copyOf(made.values()));
        pairs = new LoopOf(made);
        made.forEach((eventLoop, loop) -> ticks.add(eventLoop.scheduleAtFixedRate(
                loop.wheel()::advance, Wheel.TICK_MILLIS, Wheel.TICK_MILLIS, TimeUnit.MILLISECONDS)));
    }

    /** Runs a short task on each loop every second until the core ends; one that fails is tried again. */
    void everySecond(Consumer<Loop> task) {
        for (Loop loop : loops.all()) {
            // In a task of its own: one that fails would end the series.
            Runnable turn = () -> loop.execute(() -> task.accept(loop));
            ticks.add(pairs.eventLoop(loop).scheduleWithFixedDelay(turn, 1, 1, TimeUnit.SECONDS));
        }
    }

    @Deactivate
    void deactivate() {
        ticks.forEach(tick -> tick.cancel(false));
    }

    @Override
    public Loops loops() {
        return loops;
    }

    LoopOf pairs() {
        return pairs;
    }
}
