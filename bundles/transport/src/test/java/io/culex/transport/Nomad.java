// SPDX-License-Identifier: Apache-2.0
package io.culex.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import java.util.concurrent.atomic.AtomicInteger;

/** Echoes what it reads, checks its order, and moves to the next loop again and again. */
final class Nomad extends ChannelInboundHandlerAdapter {
    private final EventLoops loops;
    private final AtomicInteger moves;
    final AtomicInteger failures = new AtomicInteger();
    volatile int next;
    private int sinceMove;
    private boolean moving;

    Nomad(EventLoops loops, AtomicInteger moves) {
        this.loops = loops;
        this.moves = moves;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (!ctx.channel().eventLoop().inEventLoop()) {
            failures.incrementAndGet();
        }
        ByteBuf bytes = (ByteBuf) msg;
        int position = next;
        for (byte b : ByteBufUtil.getBytes(bytes)) {
            if (b != (byte) (position++ * 31)) {
                failures.incrementAndGet();
            }
        }
        next = position;
        sinceMove += bytes.readableBytes();
        ctx.writeAndFlush(bytes);
        if (sinceMove > 4_000 && !moving) {
            sinceMove = 0;
            moving = true;
            ctx.channel().config().setAutoRead(false);
            move(ctx.channel());
        }
    }

    private void move(Channel channel) {
        int here = loops.loops().indexOf(channel.eventLoop());
        EventLoop target = loops.loops().get((here + 1) % loops.loops().size());
        Runnable arrived = () -> {
            if (!target.inEventLoop() || channel.eventLoop() != target) {
                failures.incrementAndGet();
            }
            moves.incrementAndGet();
            moving = false;
            channel.config().setAutoRead(true);
        };
        ChannelMove.move(channel, target, arrived, cause -> failures.incrementAndGet());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        failures.incrementAndGet();
        ctx.close();
    }
}
