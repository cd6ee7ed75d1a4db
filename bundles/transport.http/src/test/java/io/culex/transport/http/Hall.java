// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.http;

import io.culex.api.auth.Access;
import io.culex.api.auth.AccessControl;
import io.culex.api.auth.AuthAnswer;
import io.culex.api.auth.AuthRequest;
import io.culex.api.auth.Peer;
import io.culex.api.auth.Subject;
import io.culex.api.config.ListenerSettings;
import io.culex.api.config.ListenerSettings.Binding;
import io.culex.api.config.ListenerSettings.Clients;
import io.culex.api.config.ListenerSettings.Family;
import io.culex.api.config.Running;
import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import io.culex.transport.Arrival;
import io.culex.transport.Listener;
import io.culex.transport.PipelineStage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One listener with {@code protocol http_api}, one connection of it, and who decides there. */
final class Hall implements AccessControl, BrokerLog, Listener, AutoCloseable {
    final HttpApi api = new HttpApi(this, "9.8.7");
    final List<AuthRequest> asked = new ArrayList<>();
    final List<String> lines = new ArrayList<>();
    AuthAnswer answer = AuthAnswer.ALLOW;

    @Nullable
    CompletableFuture<AuthAnswer> later;

    String allowed = "";
    private ListenerSettings settings;
    private PipelineStage.Prepared prepared;
    private EmbeddedChannel channel = new EmbeddedChannel();

    private Hall(Map<String, String> options) throws Exception {
        settings = settings(options);
        prepared = api.prepare(settings);
        prepared.begin();
        api.addLog(this);
        api.addRunning(new Runs(settings));
        api.addSysValues(() -> new TreeMap<>(Map.of("$SYS/broker/uptime", 5L)));
    }

    private static ListenerSettings settings(Map<String, String> options) {
        return new ListenerSettings(
                "9883",
                new Binding(9883, null, null, null, Family.ANY),
                "http_api",
                Clients.DEFAULTS,
                ListenerSettings.Access.LOCAL_ONLY,
                options);
    }

    static Hall open(Map<String, String> options) throws Exception {
        Hall hall = new Hall(options);
        hall.connect();
        return hall;
    }

    void connectAnew() {
        channel.finishAndReleaseAll();
        channel = new EmbeddedChannel();
        connect();
    }

    /** A reload gives the listener these options. */
    void reload(Map<String, String> options) throws Exception {
        PipelineStage.Prepared before = prepared;
        settings = settings(options);
        prepared = api.prepare(settings);
        prepared.begin();
        before.end();
    }

    /** What connections pass is in use no longer. */
    void endInUse() {
        prepared.end();
    }

    private void connect() {
        take(channel);
        // As for every connection that is accepted: it became active with nobody there to hear of it.
        channel.pipeline().fireChannelActive();
    }

    /** As the listener does with a connection that came in. */
    void take(Channel accepted) {
        Arrival arrival = Arrival.note(accepted, this, Peer.of("9883", new InetSocketAddress("10.0.0.1", 4000)));
        prepared.install(accepted);
        api.attach(accepted, arrival);
    }

    /** The other end takes nothing more. */
    void holdWrites() {
        channel.pipeline().addFirst(new ChannelOutboundHandlerAdapter() {
            @Override
            public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
                ReferenceCountUtil.release(message);
            }
        });
    }

    EmbeddedChannel channel() {
        return channel;
    }

    /** GET, with more headers. */
    String get(String target, String... headers) {
        return ask("GET " + target + " HTTP/1.1\r\nHost: h\r\n" + String.join("", headers) + "\r\n");
    }

    String ask(String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
        return answered();
    }

    String answered() {
        StringBuilder all = new StringBuilder();
        channel.runPendingTasks();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            all.append(part.toString(StandardCharsets.UTF_8));
            part.release();
        }
        return all.toString();
    }

    @Override
    public CompletionStage<AuthAnswer> authenticate(AuthRequest request) {
        asked.add(request);
        CompletableFuture<AuthAnswer> waits = later;
        return waits != null ? waits : CompletableFuture.completedFuture(answer);
    }

    @Override
    public boolean allows(Access access, Subject subject, String topic) {
        return access == Access.READ && topic.startsWith(allowed);
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
        lines.add(type + " " + line);
    }

    @Override
    public String name() {
        return settings.name();
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
        return 9883;
    }

    @Override
    public int connections() {
        return 1;
    }

    @Override
    public void close() {
        channel.finishAndReleaseAll();
        api.stop();
    }

    private record Runs(ListenerSettings http) implements Running {
        @Override
        public long generation() {
            return 1;
        }

        @Override
        public Instant since() {
            return Instant.EPOCH;
        }

        @Override
        public List<ListenerSettings> listeners() {
            ListenerSettings tls = new ListenerSettings(
                    "8883",
                    new Binding(8883, null, null, null, Family.ANY),
                    "websockets",
                    Clients.DEFAULTS,
                    ListenerSettings.Access.CLOSED,
                    Map.of("certfile", "c", "require_certificate", "true"));
            ListenerSettings unix = new ListenerSettings(
                    "/run/m.sock",
                    new Binding(0, null, "/run/m.sock", null, Family.ANY),
                    "mqtt",
                    Clients.DEFAULTS,
                    ListenerSettings.Access.CLOSED,
                    Map.of());
            return List.of(http, tls, unix);
        }
    }
}
