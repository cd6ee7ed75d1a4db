// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;

/** A file on a disk that has a bad place, and takes its time to force. */
public final class FaultyChannel extends FileChannel {
    /** What happens before the file is written or forced. */
    public interface Before {
        /** Before it is. */
        void run() throws IOException;
    }

    private final FileChannel file;
    private final AtomicInteger reads = new AtomicInteger();
    private volatile long badFrom = Long.MAX_VALUE;
    private volatile long badTo = Long.MAX_VALUE;
    private volatile Before force = () -> {};
    private volatile Before write = () -> {};

    /** Over that file. */
    public FaultyChannel(Path path) throws IOException {
        this(FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    /** Over that open file. */
    FaultyChannel(FileChannel file) {
        this.file = file;
    }

    /** What stands there cannot be read from now on; what stands before it can. */
    public void failReads(long from, long to) {
        badFrom = from;
        badTo = to;
    }

    /** Reads that were tried. */
    public int reads() {
        return reads.get();
    }

    /** Does that before it is forced. */
    public void onForce(Before todo) {
        force = todo;
    }

    /** Does that before it is written to. */
    public void onWrite(Before todo) {
        write = todo;
    }

    @Override
    public int read(ByteBuffer into, long place) throws IOException {
        reads.incrementAndGet();
        if (place >= badFrom && place < badTo) {
            throw new IOException("Input/output error");
        }
        int limit = into.limit();
        if (place < badFrom) {
            into.limit((int) Math.min(limit, into.position() + badFrom - place));
        }
        int count = file.read(into, place);
        into.limit(limit);
        return count;
    }

    @Override
    public void force(boolean metaData) throws IOException {
        force.run();
        file.force(metaData);
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        return file.read(into);
    }

    @Override
    public long read(ByteBuffer[] into, int from, int count) throws IOException {
        return file.read(into, from, count);
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        write.run();
        return file.write(bytes);
    }

    @Override
    public long write(ByteBuffer[] bytes, int from, int count) throws IOException {
        write.run();
        return file.write(bytes, from, count);
    }

    @Override
    public int write(ByteBuffer bytes, long place) throws IOException {
        write.run();
        return file.write(bytes, place);
    }

    @Override
    public long position() throws IOException {
        return file.position();
    }

    @Override
    public FileChannel position(long place) throws IOException {
        file.position(place);
        return this;
    }

    @Override
    public long size() throws IOException {
        return file.size();
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        file.truncate(size);
        return this;
    }

    @Override
    public long transferTo(long place, long count, WritableByteChannel target) throws IOException {
        if (place < badTo && place + count > badFrom) {
            throw new IOException("Input/output error");
        }
        return file.transferTo(place, count, target);
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long place, long count) throws IOException {
        return file.transferFrom(source, place, count);
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long place, long size) throws IOException {
        return file.map(mode, place, size);
    }

    @Override
    public FileLock lock(long place, long size, boolean shared) throws IOException {
        return file.lock(place, size, shared);
    }

    @Override
    public FileLock tryLock(long place, long size, boolean shared) throws IOException {
        return file.tryLock(place, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        file.close();
    }
}
