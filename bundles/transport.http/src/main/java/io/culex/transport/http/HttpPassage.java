// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.http;

import io.culex.transport.PipelineStage;
import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.util.concurrent.GlobalEventExecutor;

/** HTTP on the connections of one listener. */
final class HttpPassage implements PipelineStage.Prepared {
    private static final int LARGEST_BODY = 8192;

    private final int headBytes;
    private final Desk desk;
    private final ChannelGroup open;
    private final ChannelGroup own = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private volatile boolean over;

    /**
     * A listener's.
     *
     * @param headBytes how long the head of a request may be
     * @param open is given every connection
     */
    HttpPassage(int headBytes, Desk desk, ChannelGroup open) {
        this.headBytes = headBytes;
        this.desk = desk;
        this.open = open;
    }

    @Override
    public void install(Channel channel) {
        open.add(channel);
        own.add(channel);
        HttpDecoderConfig limits =
                new HttpDecoderConfig().setMaxInitialLineLength(headBytes).setMaxHeaderSize(headBytes);
        channel.pipeline()
                .addLast("http-stay", new Stay())
                .addLast("http", new HttpServerCodec(limits))
                // One request at a time, also of several that came together: answers keep their order. In front of
                // what puts a request together: that reads on while one is half there, also when reading is off.
                .addLast("http-turn", new FlowControlHandler())
                .addLast("http-keepalive", new HttpServerKeepAliveHandler())
                .addLast("http-body", new HttpObjectAggregator(LARGEST_BODY, true))
                .addLast("http-visit", new Visit(desk));
        if (over) {
            // Accepted just before the listener's settings changed.
            dismiss(channel);
        }
    }

    @Override
    public void begin() {
        over = false;
    }

    /** A connection is kept for further requests, which are for the settings that hold by then. */
    @Override
    public void end() {
        over = true;
        own.forEach(HttpPassage::dismiss);
    }

    private static void dismiss(Channel channel) {
        channel.eventLoop().execute(() -> channel.pipeline().fireUserEventTriggered(Visit.LAST));
    }
}
