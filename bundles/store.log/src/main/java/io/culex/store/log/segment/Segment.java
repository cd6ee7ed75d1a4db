// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.segment;

import io.culex.store.log.format.SegmentHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One file of the log. {@code live} belongs to the commit thread; {@code size} is written by it and read by all; the channel
 * may be read at any place by any thread until it is closed.
 */
public final class Segment implements AutoCloseable {
    private final SegmentHeader header;
    private final int salt;
    private final Path path;
    private final FileChannel channel;
    private volatile int size;
    private volatile boolean fileKept;
    private long live;
    /** How much of it is on the disk; guarded by this. */
    private int forced;
    /** Why it cannot be brought to the disk; guarded by this. */
    private @Nullable IOException failure;

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
    }

    /** Bytes that are still needed, an estimate from above. */
    public long live() {
        return live;
    }

    /** More or fewer are needed. */
    public void addLive(long bytes) {
        live += bytes;
    }

    /**
     * Brings it to the disk unless nothing was written since; what was in use at the call is there at the return, also when
     * another thread was about it. Blocks.
     *
     * @throws IOException when it cannot, and from then on: what a failed attempt has lost cannot be known
     */
    public synchronized void force() throws IOException {
        if (failure != null) {
            throw new IOException(path + " could not be brought to the disk before: " + failure.getMessage(), failure);
        }
        int reached = size;
        if (reached == forced) {
            return;
        }
        try {
            channel.force(false);
            forced = reached; // not the size of now: more may have been written meanwhile
        } catch (IOException e) {
            failure = e;
            throw new IOException(path + " cannot be brought to the disk: " + e.getMessage(), e);
        }
    }

    /**
     * Reads bytes from a place on into the buffer, as many as there are before the end or before a place that cannot be read.
     *
     * @return how many
     * @throws IOException when not even the first can be read
     */
    public int read(ByteBuffer into, long place) throws IOException {
        int begin = into.position();
        long at = place;
        while (into.hasRemaining()) {
            int count = readSome(into, at, at > place);
            if (count < 0) {
                break;
            }
            at += count;
        }
        return into.position() - begin;
    }

    private int readSome(ByteBuffer into, long place, boolean hasSome) throws IOException {
        try {
            return channel.read(into, place);
        } catch (IOException e) {
            if (hasSome) {
                return -1; // whoever goes on there is told
            }
            throw e;
        }
    }

    /** Its file is to be kept when the log does not need it any more: not all of it could be read. */
    public void keepFile() {
        fileKept = true;
    }

    /** Whether its file is to be kept. */
    public boolean isFileKept() {
        return fileKept;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
