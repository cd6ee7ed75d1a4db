// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.listen;

import io.culex.api.config.GenerationRefusedException;
import io.culex.api.config.GenerationRefusedException.Kind;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The file of a unix socket. */
final class UnixFile {
    /** {@code sun_path} of Linux without its final zero. */
    private static final int MAX_PATH_BYTES = 107;

    private static final int TYPE_MASK = 0170000;
    private static final int SOCKET = 0140000;

    private UnixFile() {}

    /**
     * Makes room for a socket: removes one that an earlier run left behind, and nothing else, also none that is in use. The native transport would
     * remove any file.
     *
     * @throws GenerationRefusedException when the path cannot be used
     */
    static Path clear(String name) throws GenerationRefusedException {
        if (name.getBytes(StandardCharsets.UTF_8).length > MAX_PATH_BYTES) {
            throw new GenerationRefusedException(
                    Kind.CONFIGURATION, "Error: Path to unix socket is too long \"%s\".".formatted(name));
        }
        try {
            Path path = Path.of(name);
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                if (!isSocket(path) || isServed(path)) {
                    throw new GenerationRefusedException(Kind.SYSTEM, "Error binding unix socket: " + Reason.IN_USE);
                }
                Files.delete(path);
            }
            return path;
        } catch (IOException | InvalidPathException e) {
            throw new GenerationRefusedException(
                    Kind.SYSTEM, "Error binding unix socket: %s".formatted(e.getMessage()), e);
        }
    }

    /**
     * Whether another process takes connections there, most often a broker with the same configuration. Only who is refused knows that
     * nobody does: any other failure may be that of a broker before which as many wait as may. Does not block.
     */
    private static boolean isServed(Path socket) throws IOException {
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            probe.configureBlocking(false);
            probe.connect(UnixDomainSocketAddress.of(socket));
            return true;
        } catch (ConnectException | BindException nobody) {
            // The latter when it may not be written to: one that another user left behind goes, too.
            return false;
        } catch (SocketException busy) {
            return true;
        }
    }

    /** Gives it to owner and group only, as a umask of 0007 does. */
    static void restrict(Path path) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw----"));
    }

    private static boolean isSocket(Path path) throws IOException {
        int mode = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        return (mode & TYPE_MASK) == SOCKET;
    }
}
