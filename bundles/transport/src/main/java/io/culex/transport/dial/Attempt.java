// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.dial;

import io.culex.transport.DialRequest;
import io.culex.transport.PipelineStage;
import io.culex.transport.socket.Sockets;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One dial: tries the addresses in turn until one answers or the time is up. Its state belongs to the loop. */
final class Attempt {
    private final CompletableFuture<Channel> result = new CompletableFuture<>();
    private final DialRequest request;
    private final EventLoop loop;
    private final ChannelHandler handler;
    private final Sockets sockets;
    private final Deque<SocketAddress> left = new ArrayDeque<>();
    private List<PipelineStage.Prepared> stages = List.of();
    private @Nullable Future<?> timeout;
    private @Nullable Channel current;
    private long deadline;

    Attempt(DialRequest request, EventLoop loop, ChannelHandler handler, Sockets sockets) {
        this.request = request;
        this.loop = loop;
        this.handler = handler;
        this.sockets = sockets;
    }

    CompletionStage<Channel> result() {
        return result.minimalCompletionStage();
    }

    /** Any thread. */
    void startTimeout() {
        onLoop(() -> {
            long nanos = request.timeout().toNanos();
            deadline = System.nanoTime() + nanos;
            timeout = loop.schedule(this::expire, nanos, TimeUnit.NANOSECONDS);
        });
    }

    /** Tries the addresses, of which there is at least one. Any thread. */
    void connect(List<SocketAddress> addresses, List<PipelineStage.Prepared> prepared) {
        onLoop(() -> {
            left.addAll(addresses);
            stages = prepared;
            next();
        });
    }

    /** Ends it without a connection. Any thread. */
    void fail(Throwable cause) {
        onLoop(() -> {
            stopTimeout();
            result.completeExceptionally(cause);
        });
    }

    private void onLoop(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException stopping) {
            // The loop has ended with the broker, and its timeouts with it: nobody else would tell who waits.
            result.completeExceptionally(new IOException("The broker is stopping", stopping));
        }
    }

    private void expire() {
        if (result.completeExceptionally(new ConnectTimeoutException("Not connected to " + request.target() + " in "
                        + request.timeout().toMillis() + " ms"))
                && current != null) {
            current.close();
        }
    }

    private void next() {
        if (result.isDone()) {
            return;
        }
        try {
            SocketAddress address = left.remove();
            Channel channel = channel(address);
            current = channel;
            channel.config().setOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, share());
            loop.register(channel).addListener((ChannelFuture registered) -> {
                if (registered.isSuccess()) {
                    ChannelPromise connected = channel.newPromise();
                    connected.addListener((ChannelFuture future) -> connected(future));
                    channel.connect(address, local(address), connected);
                } else {
                    fail(registered.cause());
                }
            });
        } catch (RuntimeException | LinkageError e) {
            // Most often a lack of file descriptors, which another address has as well.
            fail(reason(e));
        }
    }

    /** How long one address may take, so that one that is silent leaves time for those behind it; the last has what is left. */
    private int share() {
        long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        return left.isEmpty() ? 0 : (int) Math.max(1, millis / (left.size() + 1));
    }

    private Channel channel(SocketAddress address) {
        if (!(address instanceof InetSocketAddress)) {
            return sockets.unix();
        }
        Channel tcp = sockets.tcp();
        try {
            sockets.tune(tcp, request.tcp());
        } catch (RuntimeException e) {
            tcp.unsafe().closeForcibly();
            throw e;
        }
        return tcp;
    }

    private @Nullable SocketAddress local(SocketAddress target) {
        InetAddress from = request.from();
        return from != null && target instanceof InetSocketAddress ? new InetSocketAddress(from, 0) : null;
    }

    /** Netty says so before the channel is active, so handlers that are added now miss nothing. */
    private void connected(ChannelFuture connected) {
        if (!connected.isSuccess()) {
            connected.channel().close();
            if (left.isEmpty()) {
                fail(reason(connected.cause()));
            } else {
                next();
            }
            return;
        }
        Channel channel = connected.channel();
        stopTimeout();
        try {
            stages.forEach(stage -> stage.install(channel));
            channel.pipeline().addLast(handler);
        } catch (RuntimeException | Error e) {
            // Also for want of memory: nothing else tells who waits, now that the time limit is off.
            channel.close();
            result.completeExceptionally(e);
            return;
        }
        if (!result.complete(channel)) {
            channel.close();
        }
    }

    private static IOException reason(Throwable cause) {
        if (cause instanceof IOException io) {
            return io;
        }
        return cause.getCause() instanceof IOException io ? io : new IOException(cause);
    }

    private void stopTimeout() {
        if (timeout != null) {
            timeout.cancel(false);
        }
    }
}
