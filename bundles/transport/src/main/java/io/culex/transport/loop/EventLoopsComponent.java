// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.loop;

import io.culex.transport.EventLoops;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Owns the threads of the event loops. */
@Component(service = EventLoops.class, configurationPid = "io.culex.transport.loops", immediate = true)
@Designate(ocd = EventLoopsComponent.Config.class)
public final class EventLoopsComponent implements EventLoops {
    private static final int STOP_SECONDS = 5;

    private final EventLoopGroup group;
    private final List<EventLoop> loops;
    private final boolean nativeTransport;

    /** The settings of the loops. */
    @ObjectClassDefinition(name = "Culex event loops")
    public @interface Config {
        /** How many; 0: the system property {@code culex.loops}, else one per processor. */
        @AttributeDefinition(description = "How many; 0: the system property culex.loops, else one per processor")
        int loops() default 0;
    }

    /** Starts the loops as configured, on the native transport where there is one. */
    @Activate
    public EventLoopsComponent(Config config) {
        this(config.loops() > 0 ? config.loops() : defaultLoops(), Epoll.isAvailable());
    }

    private EventLoopsComponent(int count, boolean nativeTransport) {
        this.nativeTransport = nativeTransport;
        IoHandlerFactory transport = nativeTransport ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        this.group = new MultiThreadIoEventLoopGroup(count, new LoopThreads(), transport);
        List<EventLoop> started = new ArrayList<>(count);
        for (EventExecutor loop : group) {
            loop.execute(() -> {}); // starts its thread, so that names follow the order of the loops
            started.add((EventLoop) loop);
        }
        this.loops = List.copyOf(started);
    }

    /**
     * Starts loops without OSGi.
     *
     * @param count how many
     * @param nativeTransport false for the JDK's transport; true takes the native one where there is one
     */
    public static EventLoopsComponent start(int count, boolean nativeTransport) {
        return new EventLoopsComponent(count, nativeTransport && Epoll.isAvailable());
    }

    /** Stops the loops and closes every channel on them. Waits for the threads, bounded. */
    @Deactivate
    public void stop() {
        for (EventLoop loop : loops) {
            if (!loop.isShuttingDown()) {
                loop.execute(() -> end((SingleThreadEventLoop) loop));
            }
        }
        group.terminationFuture().awaitUninterruptibly(STOP_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * A loop that is told to end while it runs its tasks would end with them, without closing its channels: it does so at the
     * beginning of an iteration. With a task that is left for the end of this one, and any quiet period, there is another one.
     */
    private static void end(SingleThreadEventLoop loop) {
        loop.executeAfterEventLoopIteration(() -> loop.execute(() -> {}));
        loop.shutdownGracefully(1, TimeUnit.SECONDS.toNanos(STOP_SECONDS), TimeUnit.NANOSECONDS);
    }

    @Override
    public List<EventLoop> loops() {
        return loops;
    }

    @Override
    public EventLoopGroup group() {
        return group;
    }

    @Override
    public boolean nativeTransport() {
        return nativeTransport;
    }

    private static int defaultLoops() {
        Integer wanted = Integer.getInteger("culex.loops");
        return wanted != null && wanted > 0 ? wanted : Runtime.getRuntime().availableProcessors();
    }

    /** Names the threads {@code culex-loop-0} and on. */
    private static final class LoopThreads implements ThreadFactory {
        private final AtomicInteger next = new AtomicInteger();

        @Override
        public Thread newThread(Runnable task) {
            return new FastThreadLocalThread(task, "culex-loop-" + next.getAndIncrement());
        }
    }
}
