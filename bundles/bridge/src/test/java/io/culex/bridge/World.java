// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge;

import io.culex.api.config.BrokerSettings;
import io.culex.api.local.Backlog;
import io.culex.api.local.LocalReceiver;
import io.culex.api.local.LocalSession;
import io.culex.api.local.LocalSessionRequest;
import io.culex.api.local.LocalSessions;
import io.culex.api.local.RelayReceiver;
import io.culex.api.local.RelaySession;
import io.culex.api.local.SubscribeOptions;
import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import io.culex.bridge.loop.Clockwork;
import io.culex.bridge.settings.BridgeSettings;
import io.culex.bridge.settings.SettingsReader;
import io.culex.transport.DialRequest;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Everything around one bridge: sessions here, connections that the test answers, time and a log. */
final class World implements LocalSessions, BrokerLog {
    final FakeClockwork clockwork = new FakeClockwork();

    /** The loop on which things happen. */
    FakeClockwork current = clockwork;

    final List<String> log = new ArrayList<>();
    final List<FakeRelay> opened = new ArrayList<>();
    final List<Dialled> dialled = new ArrayList<>();
    final Map<String, Map<String, SubscribeOptions>> subscriptions = new HashMap<>();
    Backlog backlog = Backlog.EMPTY;

    /** Whether a session that is opened was here before. */
    boolean present = true;

    /** Whether retained messages are under way until the link of their session is lost. */
    boolean holdsRetained;

    /** Until this is complete, no session opens. */
    CompletableFuture<?> mayOpen = CompletableFuture.completedFuture(null);

    /** An attempt to connect. */
    record Dialled(DialRequest request, ChannelHandler handler, CompletableFuture<Channel> result) {
        String target() {
            InetSocketAddress address = (InetSocketAddress) request.target();
            return address.getHostString() + ":" + address.getPort();
        }
    }

    static BridgeSettings settings(String... lines) {
        Map<String, Object> properties = new HashMap<>(Map.of("connection", "b"));
        for (String line : lines) {
            int space = line.indexOf(' ');
            properties.merge(line.substring(0, space), line.substring(space + 1), (one, other) -> one + "\n" + other);
        }
        properties.putIfAbsent("address", "there:1883");
        properties.putIfAbsent("topic", "# out 2");
        return new SettingsReader("here").read(properties);
    }

    Bridge begin(String... lines) {
        Bridge bridge = new Bridge(settings(lines), surroundings());
        bridge.begin();
        return bridge;
    }

    Surroundings surroundings() {
        return new Surroundings(
                this, this::dial, () -> current, () -> BrokerSettings.DEFAULTS, () -> "me", this, new Random(1));
    }

    private CompletionStage<Channel> dial(DialRequest request, Clockwork loop, ChannelHandler handler) {
        Dialled dial = new Dialled(request, handler, new CompletableFuture<>());
        dialled.add(dial);
        return dial.result();
    }

    Dialled lastDial() {
        return dialled.get(dialled.size() - 1);
    }

    /** The connection that was asked for last is there. */
    FakePeer answer() {
        FakePeer peer = new FakePeer(lastDial().handler());
        lastDial().result().complete(peer.channel());
        return peer;
    }

    /** The same, and the other broker accepts. */
    FakePeer accept() {
        FakePeer peer = answer();
        peer.accept(false);
        return peer;
    }

    /** The session here that was opened last. */
    FakeRelay session() {
        return opened.get(opened.size() - 1);
    }

    /** What is subscribed here for the bridge. */
    Map<String, SubscribeOptions> subscribed() {
        return Objects.requireNonNull(subscriptions.get("local.here.b"));
    }

    int logged(String text) {
        return (int) log.stream().filter(line -> line.contains(text)).count();
    }

    @Override
    public CompletionStage<LocalSession> open(LocalSessionRequest request, LocalReceiver receiver) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<RelaySession> openRelay(LocalSessionRequest request, RelayReceiver receiver) {
        FakeRelay session = new FakeRelay(
                request, receiver, subscriptions.computeIfAbsent(request.clientId(), id -> new HashMap<>()));
        session.present = present;
        session.holdsRetained = holdsRetained;
        return mayOpen.thenApply(now -> {
            opened.add(session);
            return session;
        });
    }

    @Override
    public CompletionStage<Backlog> backlog(String clientId) {
        return CompletableFuture.completedFuture(backlog);
    }

    @Override
    public List<String> ofBridges() {
        return List.copyOf(subscriptions.keySet());
    }

    @Override
    public boolean enabled(LogType type) {
        return type != LogType.DEBUG;
    }

    @Override
    public boolean connectionMessages() {
        return true;
    }

    @Override
    public void log(LogType type, String line) {
        log.add(line);
    }
}
