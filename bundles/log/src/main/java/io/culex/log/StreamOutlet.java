// SPDX-License-Identifier: Apache-2.0
package io.culex.log;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Lines to a stream: standard error, standard output or a file. */
final class StreamOutlet implements Outlet {
    private static final int BUFFER_BYTES = 32 * 1024;

    private final String name;
    private final OutputStream stream;
    private final boolean owned;

    private StreamOutlet(String name, OutputStream stream, boolean owned) {
        this.name = name;
        this.stream = new BufferedOutputStream(stream, BUFFER_BYTES);
        this.owned = owned;
    }

    static StreamOutlet stderr() {
        return new StreamOutlet("stderr", new FileOutputStream(FileDescriptor.err), false);
    }

    static StreamOutlet stdout() {
        return new StreamOutlet("stdout", new FileOutputStream(FileDescriptor.out), false);
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
        OutputStream stream = Channels.newOutputStream(Files.newByteChannel(path, options, attributes));
        return new StreamOutlet(path.toString(), stream, true);
    }

    /** Lines to a stream that someone else closes. */
    static StreamOutlet to(String name, OutputStream stream) {
        return new StreamOutlet(name, stream, false);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void write(Line line, byte[] formatted) throws IOException {
        stream.write(formatted);
        stream.write('\n');
    }

    @Override
    public void flush() throws IOException {
        stream.flush();
    }

    @Override
    public void close() throws IOException {
        if (owned) {
            stream.close();
        } else {
            stream.flush();
        }
    }
}
