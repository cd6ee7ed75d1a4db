// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import io.culex.api.message.ReasonCode;
import io.culex.transport.ListenerClosed;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Netty's side of a {@link Connection}: what happens on the channel. On the channel's loop. */
final class MqttHandler extends ChannelInboundHandlerAdapter {
    private final Connection connection;

    private @Nullable ChannelHandlerContext context;

    MqttHandler(Connection connection) {
        this.connection = connection;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    /** Its place in the pipeline; only while it is there. */
    ChannelHandlerContext context() {
        return Objects.requireNonNull(context);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        connection.received((ByteBuf) message);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (ctx.channel().isWritable()) {
            connection.writable();
        }
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ListenerClosed) {
            connection.end(ReasonCode.SERVER_SHUTTING_DOWN, "listener closed");
        } else if (event instanceof ChannelInputShutdownEvent) {
            connection.leaving().begin();
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        connection.closed();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // TLS wraps what it found wrong in the bytes: that is the client's doing too.
        Throwable reason = cause;
        if (!(cause instanceof IOException) && cause.getCause() instanceof IOException wrapped) {
            reason = wrapped;
        }
        if (!(reason instanceof IOException)) {
            connection.journal().failed(cause);
        } else {
            // It had come before the end.
            connection.leaving().readHeldBack();
        }
        connection.lost(Goodbye.of(reason));
        ctx.close();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        connection.lost(Goodbye.BY_CLIENT);
        connection.removed();
    }
}
