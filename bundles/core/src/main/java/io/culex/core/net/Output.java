// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import io.culex.codec.PacketType;
import io.culex.core.loop.Counter;
import io.culex.core.loop.Flushable;
import io.culex.core.loop.Ledger;
import io.culex.core.loop.Loop;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The one outgoing buffer of a connection: packets are written into it, and it goes to the channel once per iteration of the
 * event loop. While the channel does not take more, it gathers here, so that there is one place to count it.
 *
 * <p>A buffer with an acknowledgement of something that is not kept yet waits for that, and what is written after it follows
 * it: so acknowledgements keep their order [MQTT-4.6.0-2] and cost nothing each. On the loop.
 */
final class Output implements Flushable {
    /** Above this, a connection that could be sent more waits for its next flush. */
    static final int HIGH_WATER = 256 * 1024;

    /** As many answers may wait: one for each Packet Identifier, which a client may use up before it reads. */
    static final int MOST_ANSWERS = 1 << 16;

    private static final int FIRST_SIZE = 256;
    private static final int LARGEST_FIRST_SIZE = 64 * 1024;

    private final ChannelHandlerContext context;
    private final Runnable flushed;
    private Loop loop;
    private @Nullable ByteBuf buffer;
    private int packets;
    private int answers;
    private int countedPackets;
    private int countedBytes;
    private int nextSize = FIRST_SIZE;
    private boolean dirty;
    private boolean closed;
    private boolean held;
    private final Deque<Held> waiting = new ArrayDeque<>(0);
    private int waitingBytes;
    private int waitingPackets;
    private int waitingAnswers;
    private @Nullable Runnable atEnd;
    private final Ledger.Awaiting release = new Ledger.Awaiting() {
        @Override
        public void kept() {
            released();
        }

        @Override
        public void failed() {
            broken();
        }
    };

    /** What waits for the store: so many packets, and answers among them. */
    private record Held(ByteBuf bytes, int packets, int answers) {}

    /**
     * An output without a buffer.
     *
     * @param flushed called after a flush that left nothing behind
     */
    Output(ChannelHandlerContext context, Loop loop, Runnable flushed) {
        this.context = context;
        this.loop = loop;
        this.flushed = flushed;
    }

    /** The connection leaves its loop: what waits is written, and the loop will not look here again. */
    void leave() {
        write();
        if (dirty) {
            dirty = false;
            loop.clean(this);
        }
    }

    /** The connection lives on another loop now; nothing is waiting. */
    void moved(Loop to) {
        loop = to;
    }

    /**
     * What is in the buffer, and comes into it in this iteration, goes out when everything that the loop has given to the
     * store by the end of the iteration is kept.
     */
    void hold() {
        held = true;
    }

    /** The buffer to write one packet of that type into. */
    ByteBuf packet(PacketType type) {
        return packet(type, type == PacketType.PUBLISH ? 0 : 1);
    }

    /** The same for a packet that answers so many questions. */
    ByteBuf packet(PacketType type, int answered) {
        answers += answered;
        loop.counters().sent(type.code(), 1);
        loop.counters().increment(Counter.PACKETS_SENT);
        packets++;
        ByteBuf now = buffer;
        if (now == null) {
            now = context.alloc().directBuffer(nextSize);
            buffer = now;
        }
        if (!dirty) {
            dirty = true;
            loop.dirty(this);
        }
        return now;
    }

    /** Whether the channel takes what is written, and not too much waits already. */
    boolean isReady() {
        ByteBuf now = buffer;
        return context.channel().isWritable() && waitingBytes + (now == null ? 0 : now.readableBytes()) < HIGH_WATER;
    }

    /** Whether what is written goes out soon: the channel takes it, and the store does not hold up too much already. */
    boolean flows() {
        return context.channel().isWritable() && waitingBytes < HIGH_WATER;
    }

    /** How many packets wait because the channel, or the store, does not take more; 0 while they do. */
    int stalledPackets() {
        return flows() ? 0 : packets + waitingPackets;
    }

    /** Bytes that wait because the channel, or the store, does not take more; 0 while they do. */
    int stalledBytes() {
        return flows() ? 0 : waitingBytes + waitingBytes();
    }

    /** Whether the client is to read what it was answered before it asks for more. */
    boolean isClogged() {
        return answers + waitingAnswers > MOST_ANSWERS;
    }

    /** Bytes that wait here. */
    int waitingBytes() {
        ByteBuf now = buffer;
        return now == null ? 0 : now.readableBytes();
    }

    @Override
    public void flush() {
        dirty = false;
        if (context.channel().isWritable()) {
            write();
        } else {
            countWaiting(packets, waitingBytes());
        }
    }

    /** The channel takes more again. */
    void writable() {
        if (!dirty && buffer != null) {
            dirty = true;
            loop.dirty(this);
        }
    }

    private void write() {
        ByteBuf out = buffer;
        if (out == null) {
            return;
        }
        int packetsNow = packets;
        int answersNow = answers;
        buffer = null;
        packets = 0;
        answers = 0;
        countWaiting(0, 0);
        int bytes = out.readableBytes();
        // The next buffer is as large as this one turned out, within bounds: growing costs a copy.
        nextSize = Math.min(LARGEST_FIRST_SIZE, Math.max(FIRST_SIZE, bytes));
        if (closed) {
            out.release();
        } else if (held || !waiting.isEmpty()) {
            held = false;
            waiting.add(new Held(out, packetsNow, answersNow));
            waitingBytes += bytes;
            waitingPackets += packetsNow;
            waitingAnswers += answersNow;
            loop.ledger().whenKept(release);
        } else {
            send(out);
        }
    }

    private void send(ByteBuf out) {
        loop.counters().add(Counter.BYTES_SENT, out.readableBytes());
        context.writeAndFlush(out, context.voidPromise());
        flushed.run();
    }

    /** What the first of the waiting buffers depends on is kept. */
    private void released() {
        Held out = waiting.poll();
        if (out != null) {
            waitingBytes -= out.bytes().readableBytes();
            waitingPackets -= out.packets();
            waitingAnswers -= out.answers();
            send(out.bytes());
        }
        Runnable last = atEnd;
        if (waiting.isEmpty() && last != null) {
            atEnd = null;
            last.run();
        }
    }

    /** The store has failed: what was to be said must not be. */
    private void broken() {
        boolean open = !closed;
        close();
        if (open) {
            context.close();
        }
    }

    private void countWaiting(int packetsNow, int bytesNow) {
        if (packetsNow != countedPackets || bytesNow != countedBytes) {
            loop.counters().add(Counter.OUT_PACKETS, packetsNow - countedPackets);
            loop.counters().add(Counter.OUT_PACKET_BYTES, bytesNow - countedBytes);
            countedPackets = packetsNow;
            countedBytes = bytesNow;
        }
    }

    /** Writes what waits, whether or not the channel is ready for more, then runs {@code then}: before a close. */
    void flushLast(Runnable then) {
        // Who sees the close may come back on another loop, and must not overtake there what it has published here.
        loop.handOverNow();
        write();
        if (waiting.isEmpty()) {
            then.run();
        } else {
            atEnd = then;
        }
    }

    /** Throws away what waits; nothing is written any more. */
    void close() {
        closed = true;
        ByteBuf out = buffer;
        buffer = null;
        packets = 0;
        answers = 0;
        countWaiting(0, 0);
        if (out != null) {
            out.release();
        }
        waiting.forEach(held -> held.bytes().release());
        waiting.clear();
        waitingBytes = 0;
        waitingPackets = 0;
        waitingAnswers = 0;
    }
}
