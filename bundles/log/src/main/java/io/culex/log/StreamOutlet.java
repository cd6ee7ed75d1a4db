// SPDX-License-Identifier: Apache-2.0
package io.culex.log;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Lines to a stream: standard error, standard output or a file. What it does not take now, because a disk is full, is tried again
 * with the next lines as long as there is room for it, from the very byte at which it stopped: no line is there in half or twice.
 */
final class StreamOutlet implements Outlet {
    private static final int BUFFER_BYTES = 32 * 1024;
    private static final byte LINE_END = '\n';

    /** One each, however many generations write to it: the descriptor never lets go of a stream that was made over it. */
    private static final WritableByteChannel STDERR = new FileOutputStream(FileDescriptor.err).getChannel();

    private static final WritableByteChannel STDOUT = new FileOutputStream(FileDescriptor.out).getChannel();

    private final String name;
    private final WritableByteChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private final boolean owned;

    private StreamOutlet(String name, WritableByteChannel channel, boolean owned) {
        this.name = name;
        this.channel = channel;
        this.owned = owned;
    }

    static StreamOutlet stderr() {
        return to("stderr", STDERR);
    }

    static StreamOutlet stdout() {
        return to("stdout", STDOUT);
    }

    /** Lines to the end of a file, which is created for its owner's eyes only (SPEC A.1). */
    static StreamOutlet file(Path path) throws IOException {
        Set<OpenOption> options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] attributes = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        return new StreamOutlet(path.toString(), Files.newByteChannel(path, options, attributes), true);
    }

    /** Lines to a stream that someone else closes. */
    static StreamOutlet to(String name, WritableByteChannel channel) {
        return new StreamOutlet(name, channel, false);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void write(Line line, byte[] formatted) throws IOException {
        if (buffer.remaining() <= formatted.length) {
            flush();
        }
        buffer.put(formatted).put(LINE_END);
    }

    @Override
    public void flush() throws IOException {
        buffer.flip();
        try {
            while (buffer.hasRemaining()) {
                if (channel.write(buffer) == 0) {
                    throw new IOException("It takes nothing at the moment");
                }
            }
        } finally {
            buffer.compact();
        }
    }

    @Override
    public int held() {
        int lines = 0;
        for (int i = 0; i < buffer.position(); i++) {
            lines += buffer.get(i) == LINE_END ? 1 : 0;
        }
        return lines;
    }

    @Override
    public void close() throws IOException {
        try {
            flush();
        } finally {
            if (owned) {
                channel.close();
            }
        }
    }
}
