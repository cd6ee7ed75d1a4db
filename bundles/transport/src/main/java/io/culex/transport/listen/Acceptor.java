// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.listen;

import io.culex.api.auth.Peer;
import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import io.culex.transport.Arrival;
import io.culex.transport.socket.Sockets;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Takes what a listening socket accepts: counts it, gives it a loop, and there lets stages and endpoint build its pipeline.
 */
@ChannelHandler.Sharable
final class Acceptor extends ChannelInboundHandlerAdapter implements ChannelFutureListener {
    /** How long accepting rests after an error, most often a lack of file descriptors. */
    private static final int REST_SECONDS = 1;

    private final Door door;
    private final House house;

    /** What all listeners share. */
    record House(EventLoopGroup loops, Sockets sockets, Tally tally, BrokerLog log) {}

    Acceptor(Door door, House house) {
        this.door = door;
        this.house = house;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object accepted) {
        Channel child = (Channel) accepted;
        if (isForeignFamily(ctx.channel(), child)) {
            child.unsafe().closeForcibly();
            return;
        }
        if (!enter()) {
            refuse(child);
            return;
        }
        EventLoop loop = house.loops().next();
        try {
            child.closeFuture().addListener(this);
            loop.execute(new Reception(child, loop));
        } catch (RejectedExecutionException e) {
            // The loop has been shut down: it closes what is given to it.
            loop.register(child);
        } catch (RuntimeException | Error e) {
            // For want of memory, or of a thread: what nobody handles would keep its place as long as it likes.
            abandon(child);
            throw e;
        }
    }

    /** Closes one that has no loop, and therefore nobody who would tell of its end. */
    private void abandon(Channel child) {
        child.closeFuture().removeListener(this);
        child.unsafe().closeForcibly();
        house.tally().leave();
        door.leave(child);
    }

    /** The connection has ended. */
    @Override
    public void operationComplete(ChannelFuture closed) {
        house.tally().leave();
        door.leave(closed.channel());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        house.log().log(LogType.ERROR, "Error accepting on listener %s: %s".formatted(door.name(), Reason.of(cause)));
        ctx.channel().config().setAutoRead(false);
        ctx.executor().schedule(door::updateAccepting, REST_SECONDS, TimeUnit.SECONDS);
    }

    private boolean enter() {
        door.arrived();
        if (!house.tally().enter()) {
            return false;
        }
        if (!door.enter()) {
            house.tally().leave();
            return false;
        }
        return true;
    }

    private void refuse(Channel child) {
        house.tally().refuse();
        door.turnedAway();
        try {
            if (house.log().connectionMessages() && house.log().enabled(LogType.NOTICE)) {
                String from = child.remoteAddress() instanceof InetSocketAddress tcp
                        ? NetUtil.toAddressString(tcp.getAddress())
                        : "local";
                house.log().log(
                        LogType.NOTICE, "Client connection from %s denied: max_connections exceeded.".formatted(from));
            }
        } finally {
            child.unsafe().closeForcibly();
        }
    }

    /** The JDK's IPv6 sockets take IPv4 connections too, which are not theirs. */
    private static boolean isForeignFamily(Channel server, Channel child) {
        return inet(server.localAddress()) instanceof Inet6Address
                && inet(child.remoteAddress()) instanceof Inet4Address;
    }

    private static java.net.@Nullable InetAddress inet(SocketAddress address) {
        return address instanceof InetSocketAddress tcp ? tcp.getAddress() : null;
    }

    /**
     * Builds the pipeline of a new connection, on its loop. It is a task of its own, and not a handler of which registering
     * tells, so that the compiler does not make all that a new connection needs part of Netty's methods that call handlers:
     * they were compiled five times over with it, which took as long as the connections themselves. No byte is read before it
     * is done: that is for the loop's next look at its sockets.
     */
    private final class Reception implements Runnable {
        private final Channel channel;
        private final EventLoop loop;

        Reception(Channel channel, EventLoop loop) {
            this.channel = channel;
            this.loop = loop;
        }

        @Override
        public void run() {
            try {
                if (loop.register(channel).isSuccess()) {
                    receive();
                }
            } catch (RuntimeException | Error e) {
                // Also for want of memory, which the line of the log may find none of either.
                end();
                house.log().log(
                        LogType.ERROR, "Error taking a connection on listener %s: %s".formatted(door.name(), e));
            }
        }

        private void end() {
            if (channel.isRegistered()) {
                channel.close();
            } else if (!channel.closeFuture().isDone()) {
                abandon(channel);
            }
        }

        private void receive() {
            Rules rules = door.rules();
            if (rules.endpoint() == null || rules.stages() == null) {
                channel.close();
                return;
            }
            InetSocketAddress remote = channel.remoteAddress() instanceof InetSocketAddress tcp ? tcp : null;
            if (remote != null) {
                channel.config()
                        .setOption(
                                ChannelOption.TCP_NODELAY,
                                rules.settings().clients().tcpNoDelay());
            }
            Peer.UnixProcess process = house.sockets().process(channel);
            Peer peer = new Peer(door.name(), remote, null, null, process, null, null);
            Arrival arrival = Arrival.note(channel, door, rules.settings(), peer);
            rules.stages().forEach(stage -> stage.prepared().install(channel));
            rules.endpoint().attach(channel, arrival);
            door.welcome(channel);
            if (channel.isActive()) {
                // It became so with nobody there to hear of it.
                channel.pipeline().fireChannelActive();
            }
        }
    }
}
