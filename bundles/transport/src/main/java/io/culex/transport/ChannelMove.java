// SPDX-License-Identifier: Apache-2.0
package io.culex.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/** Moves an open connection from its event loop to another one. */
public final class ChannelMove {
    private ChannelMove() {}

    /**
     * Moves a channel. Call it on the channel's event loop with automatic reads turned off and no read requested; bytes that
     * arrive meanwhile wait in the socket. Handlers see {@code channelUnregistered} on the old loop and
     * {@code channelRegistered} on the new one. Nobody may touch the channel in between but through {@link #execute}: work
     * for it waits for one of the callbacks, of which exactly one runs, on the target loop.
     *
     * @param channel a registered channel; when it is on the target loop already, {@code arrived} runs before this returns
     * @param target the new loop, of the same transport
     * @param arrived the channel is on the target loop, and what was flushed is being written; it turns automatic reads on
     *     again
     * @param lost the channel was closed instead, with the reason; {@code channelInactive} has come, on one of the two loops.
     *     Where the target loop has been shut down, it runs on the old one; on one that is ending {@code channelInactive}
     *     comes after it
     * @throws IllegalStateException on another thread, or with automatic reads on
     */
    public static void move(Channel channel, EventLoop target, Runnable arrived, Consumer<Throwable> lost) {
        if (!channel.eventLoop().inEventLoop()) {
            throw new IllegalStateException("A channel is moved from its own loop only");
        }
        if (channel.config().isAutoRead()) {
            throw new IllegalStateException("A channel that reads cannot be moved");
        }
        if (channel.eventLoop() == target) {
            arrived.run();
            return;
        }
        Departure departure = new Departure();
        channel.pipeline().addFirst(departure);
        channel.deregister().addListener(left -> {
            if (channel.isOpen()) {
                channel.pipeline().remove(departure);
                target.register(channel).addListener((ChannelFuture landed) -> land(landed, arrived, lost));
            } else {
                tell(target, () -> lost.accept(new ClosedChannelException()));
            }
        });
    }

    /**
     * Runs a task on the channel's event loop; when the channel is moving, on the loop it moves to. The way to reach a
     * channel from another thread, for example to close it.
     */
    public static void execute(Channel channel, Runnable task) {
        EventLoop loop = channel.eventLoop();
        loop.execute(() -> {
            if (channel.eventLoop() == loop) {
                task.run();
            } else {
                execute(channel, task);
            }
        });
    }

    /** On the target loop, or here when that has been shut down. */
    private static void tell(EventLoop target, Runnable callback) {
        try {
            target.execute(callback);
        } catch (RejectedExecutionException e) {
            callback.run();
        }
    }

    /** A transport forgets that it waited for room to write, so the flush starts it again. */
    private static void land(ChannelFuture landed, Runnable arrived, Consumer<Throwable> lost) {
        Channel channel = landed.channel();
        if (landed.isSuccess() && !channel.eventLoop().isShuttingDown()) {
            channel.flush();
            arrived.run();
            return;
        }
        if (landed.isSuccess()) {
            // The loop may have closed what it had before this one came.
            channel.close();
            lost.accept(new ClosedChannelException());
            return;
        }
        if (channel.isOpen()) {
            channel.close();
        }
        // Closed while no loop had it: nobody else tells its handlers.
        channel.pipeline().fireChannelInactive();
        channel.pipeline().fireChannelUnregistered();
        lost.accept(landed.cause());
    }

    /**
     * Deregistration is a task of its own. When the channel is closed before that task runs, Netty empties the pipeline
     * before it says channelInactive: this handler says it in time.
     */
    private static final class Departure extends ChannelInboundHandlerAdapter {
        private boolean inactive;

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            inactive = true;
            ctx.fireChannelInactive();
        }

        @Override
        public void channelUnregistered(ChannelHandlerContext ctx) {
            if (!ctx.channel().isOpen() && !inactive) {
                inactive = true;
                ctx.fireChannelInactive();
            }
            ctx.fireChannelUnregistered();
        }
    }
}
