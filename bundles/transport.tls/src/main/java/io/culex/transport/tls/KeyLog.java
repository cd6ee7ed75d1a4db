// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.tls;

import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import io.culex.security.file.Exposure;
import io.culex.security.tls.ServerTls;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of a listener's connections in the file of {@code --tls-keylog}, in the NSS key log format, for whoever decrypts captured
 * packets; each line is appended at once, on the event loop of its handshake. A broker that cannot write them goes on without, and says so.
 */
final class KeyLog {
    private static final Set<OpenOption> APPENDED = Set.of(
            StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS);

    private final String listener;
    private final @Nullable Path file;
    private final BrokerLog log;
    private volatile @Nullable FileChannel channel;

    /**
     * Not open yet.
     *
     * @param file null: nobody asks for secrets
     */
    KeyLog(String listener, @Nullable Path file, BrokerLog log) {
        this.listener = listener;
        this.file = file;
        this.log = log;
    }

    /** Opens the file, which nobody but its owner may read; blocks. */
    void begin(ServerTls tls) {
        if (file == null) {
            return;
        }
        try {
            channel = FileChannel.open(
                    file, APPENDED, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Exposure.warnings(file).forEach(line -> log.log(LogType.WARNING, line));
            if (follow(tls)) {
                warn("are written to " + file + ": who reads it can decrypt them");
            } else {
                warn("are not written to " + file + ": " + tls.engine().describe() + " keeps them to itself");
            }
        } catch (IOException e) {
            warn("cannot be written to " + file + ": " + e);
        }
    }

    /** Of what new handshakes are made with. Returns false when nothing will come. */
    boolean follow(ServerTls tls) {
        return channel != null && tls.tellSecrets(this::append);
    }

    private void append(byte[] line) {
        FileChannel open = channel;
        if (open == null) {
            return;
        }
        ByteBuffer whole = ByteBuffer.wrap(Arrays.copyOf(line, line.length + 1));
        whole.put(line.length, (byte) '\n');
        try {
            while (whole.hasRemaining()) {
                open.write(whole);
            }
        } catch (ClosedChannelException e) {
            // The listener has ended during the handshake.
        } catch (IOException e) {
            end();
            warn("are not written to " + file + " any more: " + e);
        }
    }

    void end() {
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                warn("may not all be in " + file + ": " + e);
            }
        }
    }

    private void warn(String text) {
        log.log(LogType.WARNING, "Warning: Secrets of TLS connections of listener %s %s.".formatted(listener, text));
    }
}
