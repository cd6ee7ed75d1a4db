// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.listen;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.concurrent.Promise;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Closes listening sockets so that their ports are free afterwards. */
final class ListeningSockets {
    private static final int CLOSE_SECONDS = 5;

    private ListeningSockets() {}

    /** Closes them and waits, bounded. Not on an event loop. */
    static void close(List<Channel> sockets) {
        List<ChannelFuture> closed = sockets.stream().map(Channel::close).toList();
        closed.forEach(future -> future.awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS));
        sockets.stream().map(Channel::eventLoop).distinct().forEach(ListeningSockets::awaitSelection);
    }

    /** Waits, bounded, until the socket's loop has done what it was told to do. Not on an event loop. */
    static void awaitTasks(Channel socket) {
        socket.eventLoop().submit(() -> {}).awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    }

    /** The JDK gives the port back in the selection that follows: that is after this iteration and before the next tasks. */
    private static void awaitSelection(EventLoop loop) {
        Promise<Object> selected = loop.newPromise();
        ((SingleThreadEventLoop) loop)
                .executeAfterEventLoopIteration(() -> loop.execute(() -> selected.setSuccess(selected)));
        selected.awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    }
}
