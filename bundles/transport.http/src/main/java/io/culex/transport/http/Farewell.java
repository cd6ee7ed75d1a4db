// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Ends a connection that failed: the other end is gone or does not speak HTTP, so there is nobody to tell. */
final class Farewell extends ChannelInboundHandlerAdapter {
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
