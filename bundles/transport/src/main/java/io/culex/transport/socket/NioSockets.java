// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.socket;

import io.culex.api.auth.Peer;
import io.culex.transport.TcpOptions;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.spi.SelectorProvider;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Sockets of the JDK. */
final class NioSockets implements Sockets {
    @Override
    public ServerChannel tcpServer(boolean ipv6) {
        return new NioServerSocketChannel(
                SelectorProvider.provider(), ipv6 ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET);
    }

    @Override
    public ServerChannel unixServer() {
        return new NioServerDomainSocketChannel();
    }

    @Override
    public Channel tcp() {
        return new NioSocketChannel();
    }

    @Override
    public void tune(Channel tcp, TcpOptions options) {
        tcp.config().setOption(ChannelOption.SO_KEEPALIVE, options.keepIdleSeconds() > 0);
    }

    @Override
    public Channel unix() {
        return new NioDomainSocketChannel();
    }

    @Override
    public SocketAddress unixAddress(Path path) {
        return UnixDomainSocketAddress.of(path);
    }

    @Override
    public ChannelOption<Boolean> reusePort() {
        return NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT);
    }

    @Override
    public boolean dualStack() {
        return true;
    }

    /** The JDK gives names of user and group only, no ids. */
    @Override
    public Peer.@Nullable UnixProcess process(Channel channel) {
        return null;
    }
}
