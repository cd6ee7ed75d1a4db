// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.proxy;

import io.culex.api.auth.Peer;
import io.culex.api.config.ListenerSettings;
import io.culex.api.config.ListenerSettings.Access;
import io.culex.api.config.ListenerSettings.Binding;
import io.culex.api.config.ListenerSettings.Clients;
import io.culex.api.config.ListenerSettings.Family;
import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import io.culex.transport.Arrival;
import io.culex.transport.Listener;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** One listener behind a proxy, one connection of it, and what stands behind the header. */
final class Door implements Listener, BrokerLog {
    static final InetSocketAddress PROXY = new InetSocketAddress("10.0.0.1", 4000);

    final List<String> lines = new CopyOnWriteArrayList<>();
    final StringBuilder received = new StringBuilder();
    final StringBuilder failures = new StringBuilder();
    final ProxyStage stage = new ProxyStage();
    private final ListenerSettings settings;
    private final EmbeddedChannel channel = new EmbeddedChannel(false, false);

    Door(String version, String... flags) throws Exception {
        Map<String, String> options = new HashMap<>(Map.of("enable_proxy_protocol", version));
        for (int i = 0; i < flags.length; i += 2) {
            options.put(flags[i], flags[i + 1]);
        }
        settings = settings(null, options);
        stage.addLog(this);
    }

    static ListenerSettings settings(@Nullable String host, Map<String, String> options) {
        return new ListenerSettings(
                "1883",
                new Binding(1883, host, null, null, Family.ANY),
                "mqtt",
                Clients.DEFAULTS,
                Access.CLOSED,
                options);
    }

    /** A connection comes in. */
    Door open() throws Exception {
        Arrival.note(channel, this, Peer.of("1883", PROXY));
        stage.prepare(settings).install(channel);
        channel.pipeline().addLast(new Behind());
        channel.register();
        return this;
    }

    Door send(ByteBuf bytes) {
        if (channel.isOpen()) {
            channel.writeInbound(bytes);
        } else {
            bytes.release();
        }
        return this;
    }

    EmbeddedChannel channel() {
        return channel;
    }

    Arrival arrival() {
        return Arrival.of(channel);
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public boolean enabled(LogType type) {
        return true;
    }

    @Override
    public boolean connectionMessages() {
        return true;
    }

    @Override
    public void log(LogType type, String line) {
        lines.add(line);
    }

    @Override
    public String name() {
        return "1883";
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
        return 1883;
    }

    @Override
    public int connections() {
        return 1;
    }

    /** In the place of the endpoint. */
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
        }
    }
}
