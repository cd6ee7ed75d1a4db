// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.listen;

import io.culex.api.config.GenerationRefusedException;
import io.culex.api.config.GenerationRefusedException.Kind;
import io.culex.api.config.ListenerSettings.Binding;
import io.culex.api.log.LogType;
import io.culex.transport.socket.Sockets;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Binds the listening sockets of one generation's new listeners, in a way that none of them accepts yet. Blocks; used on the
 * admin thread only.
 */
final class Binder {
    /**
     * Mosquitto has 100, and 10 for unix sockets. With so few a storm of connections overflows the queue before the loop is
     * scheduled, and each dropped one waits a second for its next try.
     */
    private static final int BACKLOG = 4096;

    private final Acceptor.House house;
    private final Sockets sockets;
    private final Neighbours neighbours;
    private final List<Channel> open = new ArrayList<>();
    private final List<InetSocketAddress> wanted = new ArrayList<>();
    private final Set<String> unixPaths = new HashSet<>();
    private final List<Want> wants = new ArrayList<>();

    private record Want(Door door, List<InetAddress> addresses) {}

    /**
     * For one generation.
     *
     * @param house what all listeners share
     * @param open the listening sockets that are open now, also those that the generation will close
     */
    Binder(Acceptor.House house, List<Channel> open) {
        this.house = house;
        this.sockets = house.sockets();
        this.neighbours = new Neighbours(sockets.dualStack());
        this.open.addAll(open);
    }

    /** Notes a listener that is to be bound. */
    void want(Door door) throws GenerationRefusedException {
        Binding binding = door.settings().binding();
        if (binding.unixPath() != null) {
            if (!unixPaths.add(binding.unixPath())) {
                throw inUse();
            }
            wants.add(new Want(door, List.of()));
            return;
        }
        List<InetAddress> addresses = Addresses.of(binding);
        wants.add(new Want(door, addresses));
        for (InetAddress address : addresses) {
            InetSocketAddress socket = new InetSocketAddress(address, binding.port());
            if (binding.port() != 0 && wanted.contains(socket)) {
                throw inUse();
            }
            wanted.add(socket);
        }
    }

    /**
     * Binds everything wanted.
     *
     * @param kept addresses of listeners that stay: nothing new may have the same
     * @throws GenerationRefusedException when one cannot be bound; the doors then hold what was bound before
     */
    void bind(List<InetSocketAddress> kept) throws GenerationRefusedException {
        for (InetSocketAddress address : wanted) {
            if (kept.contains(address)) {
                throw inUse();
            }
            shareOrProbe(address);
        }
        for (Want want : wants) {
            String path = want.door.settings().binding().unixPath();
            if (path == null) {
                bindTcp(want);
            } else {
                bindUnix(want.door, path);
            }
        }
    }

    /** Where our own sockets will stand side by side on a port, nobody else may have been there before them. */
    private void shareOrProbe(InetSocketAddress address) throws GenerationRefusedException {
        List<Channel> besides = open.stream()
                .filter(channel -> neighbours.overlap(address, (InetSocketAddress) channel.localAddress()))
                .toList();
        besides.forEach(channel -> channel.config().setOption(sockets.reusePort(), true));
        if (besides.isEmpty() && isCrowded(address)) {
            try {
                Channel probe = newTcp(address, false, new ChannelInboundHandlerAdapter());
                ListeningSockets.close(List.of(start(probe, address)));
            } catch (ChannelException | IOException e) {
                if (Reason.of(e).equals(Reason.IN_USE)) {
                    throw inUse();
                }
            }
        }
    }

    private boolean isCrowded(InetSocketAddress address) {
        return wanted.stream()
                                .filter(other -> neighbours.overlap(address, other))
                                .count()
                        > 1
                || open.stream().anyMatch(o -> neighbours.overlap(address, (InetSocketAddress) o.localAddress()));
    }

    private void bindTcp(Want want) throws GenerationRefusedException {
        int port = want.door.settings().binding().port();
        GenerationRefusedException missing = null;
        for (InetAddress address : want.addresses) {
            boolean ipv6 = address instanceof Inet6Address;
            house.log().log(
                    LogType.INFORMATION,
                    "Opening %s listen socket on port %d.".formatted(ipv6 ? "ipv6" : "ipv4", port));
            // With port 0 the first socket finds one, and the others take the same.
            InetSocketAddress at = new InetSocketAddress(address, port == 0 ? want.door.port() : port);
            try {
                Channel socket = newTcp(at, isCrowded(at), new Acceptor(want.door, house));
                want.door.addSocket(start(socket, at));
            } catch (ChannelException | IOException e) {
                missing = refused("Error: ", e);
                if (!ipv6 || !isMachineWithout(address, e)) {
                    throw missing;
                }
                house.log().log(LogType.WARNING, "Warning: " + Reason.of(e));
            }
        }
        if (want.door.sockets().isEmpty() && missing != null) {
            throw missing;
        }
    }

    /** IPv6 may be absent, or be there without its loopback address, as in many containers. */
    private static boolean isMachineWithout(InetAddress address, Exception failure) {
        return !(failure instanceof IOException)
                || (address.isLoopbackAddress() && Reason.of(failure).equals(Reason.NOT_AVAILABLE));
    }

    private void bindUnix(Door door, String name) throws GenerationRefusedException {
        Path path = UnixFile.clear(name);
        house.log().log(LogType.INFORMATION, "Opening unix listen socket on path %s.".formatted(name));
        try {
            Channel socket = sockets.unixServer();
            socket.config().setOption(ChannelOption.SO_BACKLOG, BACKLOG);
            socket.config().setAutoRead(false);
            socket.pipeline().addLast(new Acceptor(door, house));
            door.addSocket(start(socket, sockets.unixAddress(path)));
            UnixFile.restrict(path);
        } catch (ChannelException | IOException e) {
            throw refused("Error binding unix socket: ", e);
        }
    }

    private Channel newTcp(InetSocketAddress address, boolean shared, ChannelInboundHandlerAdapter handler) {
        Channel socket = sockets.tcpServer(address.getAddress() instanceof Inet6Address);
        socket.config().setOption(ChannelOption.SO_REUSEADDR, true);
        socket.config().setOption(ChannelOption.SO_BACKLOG, BACKLOG);
        socket.config().setAutoRead(false);
        if (shared) {
            socket.config().setOption(sockets.reusePort(), true);
        }
        socket.pipeline().addLast(handler);
        return socket;
    }

    private Channel start(Channel socket, SocketAddress address) throws IOException {
        ChannelFuture registered = house.loops().register(socket).awaitUninterruptibly();
        ChannelFuture bound = registered.isSuccess() ? socket.bind(address).awaitUninterruptibly() : registered;
        if (bound.isSuccess()) {
            return socket;
        }
        socket.close().awaitUninterruptibly();
        throw bound.cause() instanceof IOException io ? io : new IOException(Reason.of(bound.cause()), bound.cause());
    }

    private static GenerationRefusedException refused(String before, Exception cause) {
        return new GenerationRefusedException(Kind.SYSTEM, before + Reason.of(cause), cause);
    }

    /** Two listeners of one generation want the same. */
    static GenerationRefusedException inUse() {
        return new GenerationRefusedException(Kind.SYSTEM, "Error: " + Reason.IN_USE);
    }
}
