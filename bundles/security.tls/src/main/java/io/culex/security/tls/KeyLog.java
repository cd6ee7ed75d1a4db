// SPDX-License-Identifier: Apache-2.0
package io.culex.security.tls;

import io.netty.internal.tcnative.KeyLogCallback;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes the secrets of TLS connections to a file, in the form that Wireshark reads ({@code SSLKEYLOGFILE}): for finding faults, on
 * purpose only. The file is its owner's alone. Any thread; handshakes do not wait for the disk.
 */
public final class KeyLog implements KeyLogCallback {
    private static final int WAITING_LINES = 10_000;
    private static final int IDLE_SECONDS = 5;

    private final Path file;
    private final AtomicLong lost = new AtomicLong();
    private final ThreadPoolExecutor writer;

    private KeyLog(Path file) {
        this.file = file;
        this.writer = new ThreadPoolExecutor(
                1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING_LINES), task -> {
                    Thread thread = new Thread(task, "culex-tls-keylog");
                    thread.setDaemon(true);
                    return thread;
                });
        writer.allowCoreThreadTimeOut(true);
    }

    /**
     * To a file, which is made when it is not there; blocks.
     *
     * @throws TlsFileException when it cannot be written
     */
    public static KeyLog to(Path file) throws TlsFileException {
        try {
            try {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            } catch (FileAlreadyExistsException e) {
                // Lines are added to those of an earlier run, as Wireshark likes it.
                Files.write(file, new byte[0], StandardOpenOption.APPEND);
            }
            return new KeyLog(file);
        } catch (IOException | UnsupportedOperationException e) {
            throw new TlsFileException("Error: Unable to write TLS secrets to \"%s\": %s.".formatted(file, e), e);
        }
    }

    /** Where to. */
    public Path file() {
        return file;
    }

    /** Lines that could not be written. */
    public long lost() {
        return lost.get();
    }

    @Override
    public void handle(long connection, byte[] line) {
        byte[] ended = Arrays.copyOf(line, line.length + 1);
        ended[line.length] = '\n';
        try {
            writer.execute(() -> write(ended));
        } catch (RejectedExecutionException e) {
            lost.incrementAndGet();
        }
    }

    private void write(byte[] line) {
        try {
            Files.write(file, line, StandardOpenOption.APPEND);
        } catch (IOException e) {
            // The folder may be full; the connection is worth more than its secrets.
            lost.incrementAndGet();
        }
    }
}
