// SPDX-License-Identifier: Apache-2.0
package io.culex.transport;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The broker's event loops. A service. Every method may be called on any thread. */
@ProviderType
public interface EventLoops {
    /**
     * The loops, always the same ones in the same order. Each is a {@link io.netty.channel.SingleThreadEventLoop}, so it
     * takes tasks for the end of an iteration.
     */
    List<EventLoop> loops();

    /** The loops as a group, whose {@code next()} goes round. */
    EventLoopGroup group();

    /** Whether the loops use the native transport of the operating system (epoll). */
    boolean nativeTransport();
}
