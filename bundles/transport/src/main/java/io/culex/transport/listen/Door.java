// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.listen;

import io.culex.api.config.ListenerSettings;
import io.culex.transport.ChannelMove;
import io.culex.transport.Listener;
import io.culex.transport.ListenerClosed;
import io.culex.transport.PipelineStage;
import io.netty.channel.Channel;
import io.netty.channel.unix.DomainSocketAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** One listener: its listening sockets, and the connections that came in through them. Any thread. */
final class Door implements Listener {
    private final List<Channel> sockets = new CopyOnWriteArrayList<>();
    private final Set<Channel> connected = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private List<PipelineStage.Prepared> used = List.of();
    private volatile Rules rules;
    private volatile int port;
    private volatile boolean committed;
    private volatile boolean removed;
    private volatile boolean leaving;

    Door(Rules rules) {
        this.rules = rules;
    }

    @Override
    public String name() {
        return rules.settings().name();
    }

    @Override
    public ListenerSettings settings() {
        return rules.settings();
    }

    @Override
    public List<SocketAddress> addresses() {
        return sockets.stream()
                .map(socket -> publicAddress(socket.localAddress()))
                .toList();
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public int connections() {
        return connections.get();
    }

    @Override
    public long accepted() {
        return accepted.sum();
    }

    @Override
    public long refused() {
        return refused.sum();
    }

    void arrived() {
        accepted.increment();
    }

    void turnedAway() {
        refused.increment();
    }

    /**
     * Whether a listener of a new generation is this one: the same binding, and with port 0, which is another port for
     * each, the same name. Of a unix socket the path is all there is of its binding: another door would take the file from this one.
     */
    boolean serves(ListenerSettings other) {
        ListenerSettings own = settings();
        String path = own.binding().unixPath();
        if (path != null) {
            return path.equals(other.binding().unixPath());
        }
        boolean named = own.binding().port() == 0;
        return own.binding().equals(other.binding()) && (!named || own.name().equals(other.name()));
    }

    Rules rules() {
        return rules;
    }

    /**
     * Puts new rules in force for connections from now on. When they are incomplete, it has stopped accepting on return. Not
     * on an event loop.
     */
    void rules(Rules next) {
        rules = next;
        use(next.prepared());
        updateAccepting();
        if (!next.complete()) {
            sockets.forEach(ListeningSockets::awaitTasks);
        }
    }

    /** Tells stages which of what they prepared is in use. */
    private synchronized void use(List<PipelineStage.Prepared> next) {
        List<PipelineStage.Prepared> before = used;
        used = next;
        next.stream().filter(prepared -> !before.contains(prepared)).forEach(PipelineStage.Prepared::begin);
        before.stream().filter(prepared -> !next.contains(prepared)).forEach(PipelineStage.Prepared::end);
    }

    /** Starts to accept as soon as the rules are complete. */
    void open() {
        committed = true;
        updateAccepting();
    }

    /**
     * Reads from the listening sockets exactly while everything is there that a connection needs. Each is told on its own
     * loop: only there does a read that is pending already end too.
     */
    void updateAccepting() {
        sockets.forEach(
                socket -> socket.eventLoop().execute(() -> socket.config().setAutoRead(committed && rules.complete())));
    }

    /** Takes a socket that is bound. */
    void addSocket(Channel socket) {
        if (socket.localAddress() instanceof InetSocketAddress tcp) {
            port = tcp.getPort();
        }
        sockets.add(socket);
    }

    List<Channel> sockets() {
        return sockets;
    }

    /** Closes the listening sockets and waits for that, bounded; connections stay. */
    void closeSockets() {
        ListeningSockets.close(sockets);
        sockets.clear();
        use(List.of());
    }

    /** Closes the listening sockets and sends the connections away. */
    void remove() {
        removed = true;
        closeSockets();
        connected.forEach(this::dismiss);
    }

    /** Tells the connections that they are to go, also those on their way in, and closes none: who stops the broker sees to that. */
    void sendAway() {
        leaving = true;
        connected.forEach(channel -> ChannelMove.execute(channel, () -> tell(channel)));
    }

    /** Counts a connection in; false when the listener has as many as it may. */
    boolean enter() {
        return Tally.enter(connections, rules.settings().clients().maxConnections());
    }

    void leave(Channel channel) {
        connections.decrementAndGet();
        connected.remove(channel);
    }

    /** Knows the channel from now on. On the channel's loop. */
    void welcome(Channel channel) {
        connected.add(channel);
        if (removed) {
            dismiss(channel);
        } else if (leaving) {
            tell(channel);
        }
    }

    private void dismiss(Channel channel) {
        ChannelMove.execute(channel, () -> {
            tell(channel);
            if (channel.isOpen()) {
                channel.eventLoop()
                        .schedule(
                                () -> ChannelMove.execute(channel, channel::close),
                                ListenerClosed.GRACE_SECONDS,
                                TimeUnit.SECONDS);
            }
        });
    }

    private void tell(Channel channel) {
        channel.pipeline().fireUserEventTriggered(new ListenerClosed(name()));
    }

    private static SocketAddress publicAddress(SocketAddress address) {
        return address instanceof DomainSocketAddress unix ? UnixDomainSocketAddress.of(unix.path()) : address;
    }
}
