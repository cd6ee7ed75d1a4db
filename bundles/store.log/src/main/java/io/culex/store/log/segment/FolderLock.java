// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Holds a store's folder for this process and this store. A second store of the same process is told so by a property of the
 * JVM, before it touches the file: closing a file drops every lock that the process has on it.
 */
public final class FolderLock implements AutoCloseable {
    private static final String PROPERTY = "io.culex.store.log:";

    private final String property;
    private final FileChannel channel;

    private FolderLock(String property, FileChannel channel) {
        this.property = property;
        this.channel = channel;
    }

    /**
     * Takes the folder, which must be there.
     *
     * @throws IOException with one line that says who has it
     */
    public static FolderLock take(StoreFolder folder) throws IOException {
        Path real = folder.path().toRealPath();
        String property = PROPERTY + real;
        if (System.getProperties().putIfAbsent(property, "open") != null) {
            throw inUse(folder, "a store of this process");
        }
        try {
            return new FolderLock(property, lock(folder, real));
        } catch (IOException | RuntimeException | Error e) {
            System.clearProperty(property);
            throw e;
        }
    }

    @SuppressWarnings("resource") // the lock goes with its channel
    private static FileChannel lock(StoreFolder folder, Path real) throws IOException {
        Path pidFile = real.resolve("pid");
        FileChannel channel =
                StoreFolder.create(real.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw inUse(folder, owner(pidFile));
            }
            try (FileChannel pid = StoreFolder.create(
                    pidFile,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING)) {
                String text = ProcessHandle.current().pid() + "\n";
                StoreFolder.writeFully(pid, ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
            }
            return channel;
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    private static String owner(Path pidFile) {
        try {
            String pid = Files.readString(pidFile).strip();
            return pid.isEmpty() ? "another process" : "process " + pid;
        } catch (IOException e) {
            return "another process";
        }
    }

    private static IOException inUse(StoreFolder folder, String owner) {
        return new IOException("Error: The store's folder " + folder.path() + " is in use by " + owner + ".");
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            System.clearProperty(property);
        }
    }
}
