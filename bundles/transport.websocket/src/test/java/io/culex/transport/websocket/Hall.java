// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.websocket;

import io.culex.api.auth.Peer;
import io.culex.api.config.GenerationRefusedException;
import io.culex.api.config.ListenerSettings;
import io.culex.api.config.ListenerSettings.Access;
import io.culex.api.config.ListenerSettings.Binding;
import io.culex.api.config.ListenerSettings.Clients;
import io.culex.api.config.ListenerSettings.Family;
import io.culex.transport.Arrival;
import io.culex.transport.Listener;
import io.culex.transport.PipelineStage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** One WebSocket listener, one connection of it, and what stands behind. */
final class Hall implements Listener, AutoCloseable {
    static final InetSocketAddress SOCKET = new InetSocketAddress("10.0.0.1", 4000);

    final StringBuilder received = new StringBuilder();
    final StringBuilder failures = new StringBuilder();
    final WebSocketStage stage = new WebSocketStage();
    private final ListenerSettings settings;
    private final EmbeddedChannel channel = new EmbeddedChannel(false, false);
    private final PipelineStage.Prepared prepared;

    private Hall(Map<String, String> options) throws GenerationRefusedException {
        settings = new ListenerSettings(
                "9001",
                new Binding(9001, null, null, null, Family.ANY),
                "websockets",
                Clients.DEFAULTS,
                Access.CLOSED,
                options);
        prepared = stage.prepare(settings);
    }

    static Hall open(Map<String, String> options) throws Exception {
        Hall hall = new Hall(options);
        Arrival.note(hall.channel, hall, Peer.of("9001", SOCKET));
        hall.prepared.begin();
        hall.prepared.install(hall.channel);
        hall.channel.pipeline().addLast(hall.new Behind());
        hall.channel.register();
        return hall;
    }

    /** A reload has given the listener other options. */
    void endInUse() {
        prepared.end();
    }

    /** Sends text and gives what comes back, or what is open still. */
    String ask(String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
        return answer();
    }

    String answer() {
        StringBuilder answer = new StringBuilder();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            answer.append(part.toString(StandardCharsets.ISO_8859_1));
            part.release();
        }
        return answer.toString();
    }

    EmbeddedChannel channel() {
        return channel;
    }

    Peer peer() {
        return Arrival.of(channel).peer();
    }

    @Override
    public String name() {
        return "9001";
    }

    @Override
    public ListenerSettings settings() {
        return settings;
    }

    @Override
    public List<SocketAddress> addresses() {
        return List.of();
    }

    @Override
    public int port() {
        return 9001;
    }

    @Override
    public int connections() {
        return 1;
    }

    @Override
    public void close() {
        stage.stop();
        channel.finishAndReleaseAll();
    }

    private final class Behind extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            received.append(bytes.toString(StandardCharsets.ISO_8859_1));
            bytes.release();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            failures.append(cause.getMessage());
            ctx.close();
        }
    }
}
