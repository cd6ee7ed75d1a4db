// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.socket;

import io.culex.api.auth.Peer;
import io.culex.transport.EventLoops;
import io.culex.transport.TcpOptions;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.ServerChannel;
import java.net.SocketAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Makes the sockets of one transport. Stateless; any thread. */
public interface Sockets {
    /** The sockets that fit the loops. */
    static Sockets of(EventLoops loops) {
        return loops.nativeTransport() ? new EpollSockets() : new NioSockets();
    }

    /** A listening TCP socket of one address family. */
    ServerChannel tcpServer(boolean ipv6);

    /** A listening unix socket. Its file goes when it is closed. */
    ServerChannel unixServer();

    /** A TCP socket to connect with. */
    Channel tcp();

    /** Sets the options of a TCP socket that is not connected yet, as far as the transport has them. */
    void tune(Channel tcp, TcpOptions options);

    /** A unix socket to connect with. */
    Channel unix();

    /** The address of a unix socket as this transport wants it. */
    SocketAddress unixAddress(Path path);

    /** SO_REUSEPORT. */
    ChannelOption<Boolean> reusePort();

    /** Whether a listening IPv6 socket takes IPv4 connections too: the JDK has no IPV6_V6ONLY. */
    boolean dualStack();

    /** The process at the other end of a connected unix socket; null when the transport cannot tell, or for TCP. */
    Peer.@Nullable UnixProcess process(Channel channel);
}
