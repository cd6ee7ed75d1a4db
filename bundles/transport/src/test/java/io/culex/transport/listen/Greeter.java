// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.listen;

import io.culex.transport.Arrival;
import io.culex.transport.Endpoint;
import io.culex.transport.ListenerClosed;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An endpoint that says the name of the listener to each connection, and "bye" when the listener goes. */
final class Greeter implements Endpoint {
    final List<Arrival> arrivals = new CopyOnWriteArrayList<>();
    final List<Channel> channels = new CopyOnWriteArrayList<>();

    @Override
    public String protocol() {
        return "mqtt";
    }

    @Override
    public void attach(Channel channel, Arrival arrival) {
        if (!channel.eventLoop().inEventLoop() || Arrival.of(channel) != arrival) {
            throw new AssertionError("attached in the wrong place");
        }
        channels.add(channel);
        arrivals.add(arrival);
        channel.pipeline().addLast("greeter", new ChannelInboundHandlerAdapter() {
            @Override
            public void channelActive(ChannelHandlerContext ctx) {
                say(ctx, arrival.listener().name());
                ctx.fireChannelActive();
            }

            @Override
            public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                if (event instanceof ListenerClosed) {
                    say(ctx, "bye");
                    ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
                }
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                ctx.close();
            }
        });
    }

    private static void say(ChannelHandlerContext ctx, String text) {
        ctx.writeAndFlush(Unpooled.copiedBuffer(text + "\n", StandardCharsets.UTF_8));
    }
}
