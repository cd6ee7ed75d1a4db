// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The least that a log with group commit can be, to measure the store beside: threads copy bytes into one buffer, another one writes
 * what there is, forces it where that is asked for, and says how far it is. No checks, no index, nothing can be found again.
 */
final class PlainLog {
    private static final int BUFFER = 4 << 20;

    private final FileChannel channel;
    private final boolean forces;
    private final Thread thread = new Thread(this::run, "plain-log");
    private ByteBuffer open = ByteBuffer.allocateDirect(BUFFER);
    private ByteBuffer full = ByteBuffer.allocateDirect(BUFFER);
    private long taken;
    private long kept;
    private boolean closed;

    PlainLog(Path file, boolean forces) throws IOException {
        this.channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        this.forces = forces;
        thread.start();
    }

    /** Takes a record, as soon as there is room. Returns what must be {@link #awaitKept} for it. */
    synchronized long append(byte[] record) throws InterruptedException {
        while (open.remaining() < record.length) {
            wait();
        }
        if (open.position() == 0) {
            notifyAll();
        }
        open.put(record);
        taken += record.length;
        return taken;
    }

    synchronized void awaitKept(long mark) throws InterruptedException {
        while (kept < mark) {
            wait();
        }
    }

    private void run() {
        try {
            for (long mark = swap(); mark >= 0; mark = swap()) {
                full.flip();
                while (full.hasRemaining()) {
                    channel.write(full);
                }
                full.clear();
                if (forces) {
                    channel.force(false);
                }
                keep(mark);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What is kept when the buffer that was open is written; -1 at the end. */
    private synchronized long swap() throws InterruptedException {
        while (open.position() == 0 && !closed) {
            wait();
        }
        ByteBuffer next = full;
        full = open;
        open = next;
        notifyAll();
        return full.position() == 0 ? -1 : taken;
    }

    private synchronized void keep(long mark) {
        kept = mark;
        notifyAll();
    }

    /** Writes what there is, and ends. */
    void close() throws IOException, InterruptedException {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        thread.join();
        channel.close();
    }
}
