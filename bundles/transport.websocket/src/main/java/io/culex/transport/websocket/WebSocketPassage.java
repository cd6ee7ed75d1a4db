// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.websocket;

import io.culex.transport.PipelineStage;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;

/** WebSocket of one listener. */
final class WebSocketPassage implements PipelineStage.Prepared {
    private final WebSocketOptions options;
    private final Desk desk;
    private volatile boolean over;

    WebSocketPassage(WebSocketOptions options, Desk desk) {
        this.options = options;
        this.desk = desk;
    }

    @Override
    public void install(Channel channel) {
        HttpDecoderConfig limits = new HttpDecoderConfig()
                .setMaxInitialLineLength(options.headBytes())
                .setMaxHeaderSize(options.headBytes());
        channel.pipeline().addLast("http", new HttpServerCodec(limits));
        channel.pipeline().addLast("http-reception", new Reception(options, desk, () -> over));
    }

    @Override
    public void begin() {
        over = false;
    }

    @Override
    public void end() {
        over = true;
    }
}
