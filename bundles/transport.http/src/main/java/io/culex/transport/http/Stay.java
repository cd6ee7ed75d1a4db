// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.http;

import io.culex.transport.ListenerClosed;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.util.concurrent.TimeUnit;

/**
 * Ends a connection on which nothing has moved for a while in either direction, whose listener is closed, or that failed. Stands
 * in front of the requests, so that it sees every byte. On the channel's loop.
 */
final class Stay extends IdleStateHandler {
    private static final int SILENT_SECONDS = 20;

    Stay() {
        // What is being written counts as movement as long as the other end takes some of it.
        super(true, 0, 0, SILENT_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    protected void channelIdle(ChannelHandlerContext ctx, IdleStateEvent event) {
        // Whether some of an answer was taken is known from the second one on: the first has nothing to compare with.
        if (!event.isFirst() || !isSending(ctx.channel())) {
            ctx.close();
        }
    }

    private static boolean isSending(Channel channel) {
        ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
        return waiting != null && waiting.totalPendingWriteBytes() > 0;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        if (event instanceof ListenerClosed) {
            ctx.close();
        } else {
            super.userEventTriggered(ctx, event);
        }
    }
}
