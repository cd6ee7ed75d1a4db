// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.http;

import io.culex.transport.ListenerClosed;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.timeout.ReadTimeoutException;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.util.concurrent.TimeUnit;

/** Ends a connection that says nothing for a while, whose listener is closed, or that failed. On the channel's loop. */
final class Stay extends ReadTimeoutHandler {
    private static final int SILENT_SECONDS = 20;

    Stay() {
        super(SILENT_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        if (event instanceof ListenerClosed) {
            ctx.close();
        } else {
            super.userEventTriggered(ctx, event);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // The other end is gone, silent or does not speak HTTP: there is nobody to tell.
        ctx.close();
    }

    @Override
    protected void readTimedOut(ChannelHandlerContext ctx) {
        exceptionCaught(ctx, ReadTimeoutException.INSTANCE);
    }
}
