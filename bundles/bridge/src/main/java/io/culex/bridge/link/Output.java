// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge.link;

import io.culex.codec.PacketType;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.SingleThreadEventLoop;
import org.jspecify.annotations.Nullable;

/** The packets of one connection that go out together, at the end of an iteration of the event loop. On the loop. */
final class Output {
    private static final int LARGE = 64 * 1024;
    private static final int SMALL = 4 * 1024;

    private final Channel channel;
    private final Tally tally;
    private final Runnable flush = this::flush;
    private @Nullable ByteBuf pending;
    private int stalled;
    private boolean used;

    Output(Channel channel, Tally tally) {
        this.channel = channel;
        this.tally = tally;
    }

    /** Where the next packet, of that type, is to be written to. */
    ByteBuf packet(PacketType type) {
        tally.sent(type);
        used = true;
        if (!channel.isWritable()) {
            stalled++;
        }
        ByteBuf now = pending;
        if (now != null && now.readableBytes() >= LARGE) {
            flush();
            now = null;
        }
        if (now == null) {
            now = channel.alloc().buffer(SMALL);
            pending = now;
            if (channel.eventLoop() instanceof SingleThreadEventLoop loop) {
                loop.executeAfterEventLoopIteration(flush);
            } else {
                channel.eventLoop().execute(flush);
            }
        }
        return now;
    }

    /** Sends what is there. */
    void flush() {
        ByteBuf now = pending;
        if (now != null) {
            pending = null;
            tally.bytesSent(now.readableBytes());
            channel.writeAndFlush(now, channel.voidPromise());
        }
    }

    /** Whether the other end takes more. */
    boolean isReady() {
        return channel.isWritable();
    }

    /** The other end takes more again. */
    void ready() {
        stalled = 0;
    }

    /** How many packets wait because it does not. */
    int stalled() {
        return channel.isWritable() ? 0 : stalled;
    }

    /** Whether a packet was written since the last call. */
    boolean wasUsed() {
        boolean was = used;
        used = false;
        return was;
    }

    /** Throws away what has not been sent. */
    void close() {
        ByteBuf now = pending;
        if (now != null) {
            pending = null;
            now.release();
        }
    }
}
