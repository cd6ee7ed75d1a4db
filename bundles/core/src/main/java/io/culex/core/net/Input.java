// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import io.culex.codec.MalformedPacketException;
import io.culex.codec.PacketReader;
import io.culex.codec.PacketSink;
import io.culex.codec.ProtocolVersion;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/** The bytes that a connection has received and not read as packets yet. On the loop. */
final class Input {
    private final PacketReader reader;
    private @Nullable ByteBuf pending;
    private boolean reading;

    /** What decides before each packet, and is told after it. */
    interface Course {
        /** Whether the packet of the given type (the number in its fixed header) may be read now. */
        boolean mayRead(int type);

        /** A packet was read. */
        void hasRead();

        /** Nothing more is read for now; a packet may be there in part. */
        void rests();

        /** Whether nothing will be read any more. */
        boolean isOver();
    }

    Input(int maxPacketBytes) {
        this.reader = new PacketReader(PacketReader.Side.SERVER, reckoned(maxPacketBytes));
    }

    private static int reckoned(int maxPacketBytes) {
        return maxPacketBytes == 0 ? Integer.MAX_VALUE : maxPacketBytes;
    }

    void maxPacketBytes(int bytes) {
        reader.maxPacketBytes(reckoned(bytes));
    }

    /** Of the CONNECT; null before. */
    @Nullable
    ProtocolVersion version() {
        return reader.version();
    }

    /** Whether anything is there that was not read yet. */
    boolean holds() {
        return pending != null;
    }

    /** Whether packets are being read at this moment: a pause that ends in between lets the next one be read. */
    boolean isReading() {
        return reading;
    }

    /** Takes over what was received. */
    void add(ByteBuf received, ByteBufAllocator allocator) {
        ByteBuf before = pending;
        pending = before == null ? received : append(before, received, allocator);
    }

    private static ByteBuf append(ByteBuf before, ByteBuf received, ByteBufAllocator allocator) {
        int more = received.readableBytes();
        ByteBuf to = before;
        if (before.writableBytes() < more) {
            // Twice what is there, so that a packet that only announces its size costs nothing.
            to = allocator.buffer(Math.max(256, 2 * (before.readableBytes() + more)));
            to.writeBytes(before);
            before.release();
        }
        to.writeBytes(received);
        received.release();
        return to;
    }

    /** Reads packets while the course lets it. A call from within does nothing: the one that is under way goes on. */
    void read(PacketSink sink, Course course, ByteBufAllocator allocator) throws MalformedPacketException {
        ByteBuf in = pending;
        if (in == null || reading) {
            return;
        }
        reading = true;
        try {
            while (in.isReadable()
                    && course.mayRead(in.getUnsignedByte(in.readerIndex()) >> 4)
                    && reader.read(in, sink)) {
                course.hasRead();
            }
        } finally {
            reading = false;
            course.rests();
            pending = course.isOver() || !in.isReadable() ? released(in) : rest(in, allocator);
        }
    }

    private static ByteBuf rest(ByteBuf in, ByteBufAllocator allocator) {
        // A part of a buffer, as WebSocket frames are, holds all of it.
        ByteBuf whole = in;
        while (whole.unwrap() != null) {
            whole = whole.unwrap();
        }
        if (whole.capacity() <= 4 * in.readableBytes() + 1024) {
            return in;
        }
        // A few bytes must not hold a large buffer.
        ByteBuf small = allocator.buffer(in.readableBytes() * 2);
        small.writeBytes(in);
        in.release();
        return small;
    }

    private static @Nullable ByteBuf released(ByteBuf in) {
        in.release();
        return null;
    }

    /** Lets go of what is left. */
    void close() {
        ByteBuf left = pending;
        if (left != null && !reading) {
            left.release();
            pending = null;
        }
    }
}
