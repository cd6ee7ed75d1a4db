// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.cli.ctrl.option.Options;
import io.culex.cli.ctrl.option.OptionsReader;
import io.culex.cli.ctrl.outcome.ExitStatus;
import io.culex.cli.ctrl.outcome.FailedException;
import java.io.IOException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class UnixSocketTest {
    private static final int MOST_THAT_WAIT = 100;

    private final List<SocketChannel> waiting = new ArrayList<>();

    private static FailedException failure(Path socket) throws FailedException {
        Options options = new OptionsReader(Map.of())
                .read(List.of("--unix", socket.toString(), "--timeout", "1"))
                .options();
        return assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> assertThrows(
                        FailedException.class, () -> ControlTopics.open(options, file -> new char[0], line -> {})));
    }

    /** Whether the server's queue has taken one more, that nobody accepts. */
    private boolean queues(UnixDomainSocketAddress address) throws IOException {
        SocketChannel one = SocketChannel.open(StandardProtocolFamily.UNIX);
        waiting.add(one);
        one.configureBlocking(false);
        try {
            return one.connect(address);
        } catch (SocketException full) {
            return false;
        }
    }

    /** Linux alone lets a client wait for a place in the queue. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aServerThatAcceptsNobodyIsGivenUp(@TempDir Path folder) throws Exception {
        Path socket = folder.resolve("s");
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(socket);
        try (ServerSocketChannel hanging = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            hanging.bind(address, 1);
            boolean full = false;
            while (!full && waiting.size() < MOST_THAT_WAIT) {
                full = !queues(address);
            }
            assertTrue(full, "the queue is full");
            FailedException e = failure(socket);
            assertEquals("Error: Unable to connect to " + socket + ": Timed out.", e.text());
            assertEquals(ExitStatus.TIMEOUT, e.status());
        } finally {
            for (SocketChannel each : waiting) {
                each.close();
            }
        }
    }

    @Test
    void aSocketThatIsNotThereCannotBeReached(@TempDir Path folder) throws Exception {
        FailedException e = failure(folder.resolve("none"));
        assertEquals(ExitStatus.UNREACHABLE, e.status(), e.text());
    }
}
