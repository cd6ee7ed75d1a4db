// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.segment;

import io.culex.store.log.format.SegmentHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One file of the log. {@code live} belongs to the commit thread; {@code size} is written by it and read by all; the channel
 * may be read at any place by any thread until it is closed.
 */
public final class Segment implements AutoCloseable {
    private final SegmentHeader header;
    private final int salt;
    private final Path path;
    private final FileChannel channel;
    private final AtomicBoolean forced = new AtomicBoolean();
    private volatile int size;
    private long live;

    /** The file with that header and its first {@code size} bytes in use. */
    public Segment(SegmentHeader header, Path path, FileChannel channel, int size) {
        this.header = header;
        this.salt = header.salt();
        this.path = path;
        this.channel = channel;
        this.size = size;
    }

    /** What its header says. */
    public SegmentHeader header() {
        return header;
    }

    /** Its number. */
    public long number() {
        return header.number();
    }

    /** Its salt. */
    public int salt() {
        return salt;
    }

    /** Its file. */
    public Path path() {
        return path;
    }

    /** Its open file. */
    public FileChannel channel() {
        return channel;
    }

    /** Bytes in use. */
    public int size() {
        return size;
    }

    /** Says how many bytes are in use now. */
    public void grow(int newSize) {
        size = newSize;
        forced.set(false);
    }

    /** Bytes that are still needed, an estimate from above. */
    public long live() {
        return live;
    }

    /** More or fewer are needed. */
    public void addLive(long bytes) {
        live += bytes;
    }

    /** Brings it to the disk unless nothing was written since. Blocks. */
    public void force() throws IOException {
        if (forced.compareAndSet(false, true)) {
            channel.force(false);
        }
    }

    /**
     * Reads bytes from a place on into the buffer, as many as there are.
     *
     * @return how many
     */
    public int read(ByteBuffer into, long place) throws IOException {
        int begin = into.position();
        long at = place;
        while (into.hasRemaining()) {
            int count = channel.read(into, at);
            if (count < 0) {
                break;
            }
            at += count;
        }
        return into.position() - begin;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
