// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.socket;

import io.culex.api.auth.Peer;
import io.culex.transport.TcpOptions;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.PeerCredentials;
import io.netty.channel.unix.UnixChannelOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Sockets of Linux. */
final class EpollSockets implements Sockets {
    /** IPPROTO_IPV6 and IPV6_V6ONLY of Linux. */
    private static final IntegerUnixChannelOption IPV6_ONLY = new IntegerUnixChannelOption("IPV6_V6ONLY", 41, 26);

    @Override
    public ServerChannel tcpServer(boolean ipv6) {
        EpollServerSocketChannel channel =
                new EpollServerSocketChannel(ipv6 ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET);
        if (ipv6) {
            channel.config().setOption(IPV6_ONLY, 1);
        }
        return channel;
    }

    @Override
    public ServerChannel unixServer() {
        return new EpollServerDomainSocketChannel();
    }

    @Override
    public Channel tcp() {
        return new EpollSocketChannel();
    }

    @Override
    public void tune(Channel tcp, TcpOptions options) {
        tcp.config().setOption(ChannelOption.SO_KEEPALIVE, options.keepIdleSeconds() > 0);
        set(tcp, EpollChannelOption.TCP_KEEPIDLE, options.keepIdleSeconds());
        set(tcp, EpollChannelOption.TCP_KEEPINTVL, options.keepIntervalSeconds());
        set(tcp, EpollChannelOption.TCP_KEEPCNT, options.keepCount());
        set(tcp, EpollChannelOption.TCP_USER_TIMEOUT, options.userTimeoutMillis());
    }

    private static void set(Channel tcp, ChannelOption<Integer> option, int value) {
        if (value > 0) {
            tcp.config().setOption(option, value);
        }
    }

    @Override
    public Channel unix() {
        return new EpollDomainSocketChannel();
    }

    @Override
    public SocketAddress unixAddress(Path path) {
        return new DomainSocketAddress(path.toString());
    }

    @Override
    public ChannelOption<Boolean> reusePort() {
        return UnixChannelOption.SO_REUSEPORT;
    }

    @Override
    public boolean dualStack() {
        return false;
    }

    @Override
    public Peer.@Nullable UnixProcess process(Channel channel) {
        if (!(channel instanceof EpollDomainSocketChannel unix)) {
            return null;
        }
        try {
            PeerCredentials peer = unix.peerCredentials();
            int[] groups = peer.gids();
            return new Peer.UnixProcess(peer.uid(), groups.length > 0 ? groups[0] : -1, peer.pid());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
