// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.listen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.auth.Peer;
import io.culex.api.config.Generation;
import io.culex.api.config.GenerationRefusedException;
import io.culex.api.config.ListenerSettings;
import io.culex.api.metrics.Metric;
import io.culex.transport.Arrival;
import io.culex.transport.Await;
import io.culex.transport.HungryStage;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionTest {
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void closesAndLogsWhatIsAboveMaxConnections(boolean nativeTransport) throws Exception {
        try (Hall hall = new Hall(nativeTransport)) {
            int port = Hall.freePort();
            hall.run(Hall.limited(Hall.tcp("a", port, "127.0.0.1"), 2));
            try (Client one = Client.tcp("127.0.0.1", port);
                    Client two = Client.tcp("127.0.0.1", port)) {
                assertEquals("a", one.line());
                assertEquals("a", two.line());
                assertEquals("", greeting(port));
                assertTrue(hall.log
                        .lines()
                        .contains("NOTICE Client connection from 127.0.0.1 denied: max_connections exceeded."));
                hangUp(one);
                Await.until("room", () -> hall.listeners.openConnections() == 1);
                assertEquals("a", greeting(port));
            }
            assertEquals(1, hall.listeners.refusedConnections());
            assertEquals(4, hall.listeners.acceptedConnections());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void globalMaxConnectionsCountsAllListeners(boolean nativeTransport) throws Exception {
        try (Hall hall = new Hall(nativeTransport)) {
            int a = Hall.freePort();
            int b = Hall.freePort();
            Generation generation = hall.generation(1, Hall.tcp("a", a, "127.0.0.1"), Hall.tcp("b", b, "127.0.0.1"));
            hall.listeners.prepare(generation);
            hall.listeners.commit(generation);
            try (Client client = Client.tcp("127.0.0.1", a)) {
                assertEquals("a", client.line());
                assertEquals("", greeting(b));
                assertEquals(1, hall.listeners.openConnections());
            }
            Await.until("room", () -> hall.listeners.openConnections() == 0);
            assertEquals("b", greeting(b));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aConnectionForWhichThereIsNoMemoryKeepsNoPlace(boolean nativeTransport) throws Exception {
        try (Hall hall = new Hall(nativeTransport)) {
            int port = Hall.freePort();
            hall.listeners.addStage(new HungryStage());
            hall.run(Hall.tcp("a", port, "127.0.0.1"));
            try (Client client = Client.tcp("127.0.0.1", port)) {
                Await.until("an error", () -> hall.log.count("ERROR Error taking a connection on listener a: ") == 1);
                Await.until("room", () -> hall.listeners.openConnections() == 0);
                assertEquals("", client.line());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void spreadsConnectionsOverTheLoops(boolean nativeTransport) throws Exception {
        try (Hall hall = new Hall(nativeTransport)) {
            int port = Hall.freePort();
            hall.run(Hall.tcp("a", port, "127.0.0.1"));
            List<Client> clients = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Client client = Client.tcp("127.0.0.1", port);
                clients.add(client);
                assertEquals("a", client.line());
            }
            Set<Object> used = new HashSet<>();
            for (Channel channel : hall.greeter.channels) {
                used.add(channel.eventLoop());
            }
            assertEquals(2, used.size());
            clients.forEach(AdmissionTest::hangUp);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tellsListenerAndAddress(boolean nativeTransport) throws Exception {
        try (Hall hall = new Hall(nativeTransport)) {
            int port = Hall.freePort();
            ListenerSettings settings = Hall.tcp("1883@x", port, "127.0.0.1");
            hall.run(settings);
            try (Client client = Client.tcp("127.0.0.1", port)) {
                assertEquals("1883@x", client.line());
                Channel channel = hall.greeter.channels.get(0);
                assertEquals(false, channel.config().getOption(ChannelOption.TCP_NODELAY));
            }
            Peer peer = hall.greeter.arrivals.get(0).peer();
            assertEquals("1883@x", peer.listener());
            assertTrue(peer.addressText().startsWith("127.0.0.1:"), peer.addressText());
            assertNull(peer.unix());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void setsNoDelayWhenAsked(boolean nativeTransport) throws Exception {
        try (Hall hall = new Hall(nativeTransport)) {
            int port = Hall.freePort();
            hall.run(Hall.limited(Hall.tcp("a", port, "127.0.0.1"), -1));
            try (Client client = Client.tcp("127.0.0.1", port)) {
                assertEquals("a", client.line());
                assertEquals(true, hall.greeter.channels.get(0).config().getOption(ChannelOption.TCP_NODELAY));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void unixSocketReplacesALeftOneAndKnowsTheProcess(boolean nativeTransport, @TempDir Path folder) throws Exception {
        String path = folder.resolve("s").toString();
        leaveSocketBehind(path);
        try (Hall hall = new Hall(nativeTransport)) {
            hall.run(Hall.unix(path));
            assertTrue(hall.log.lines().contains("INFORMATION Opening unix listen socket on path %s.".formatted(path)));
            assertEquals(PosixFilePermissions.fromString("rw-rw----"), Files.getPosixFilePermissions(Path.of(path)));
            try (Client client = Client.unix(path)) {
                assertEquals(path, client.line());
            }
            Arrival arrival = hall.greeter.arrivals.get(0);
            assertNull(arrival.peer().socket());
            assertEquals(0, arrival.listener().port());
            if (hall.loops.nativeTransport()) {
                Peer.UnixProcess process = arrival.peer().unix();
                assertNotNull(process);
                assertEquals(ProcessHandle.current().pid(), process.pid());
                assertEquals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"), process.uid());
            }
            hall.run();
            assertTrue(Files.notExists(Path.of(path)));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void unixSocketDoesNotReplaceOneThatAnotherProcessServes(boolean nativeTransport, @TempDir Path folder)
            throws Exception {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("s"));
        try (Hall hall = new Hall(nativeTransport);
                ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            other.bind(address);
            String path = address.getPath().toString();
            GenerationRefusedException refused =
                    assertThrows(GenerationRefusedException.class, () -> hall.run(Hall.unix(path)));
            assertEquals("Error binding unix socket: Address already in use", refused.getMessage());
            try (SocketChannel client = SocketChannel.open(address)) {
                assertTrue(client.isConnected());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void unixSocketDoesNotReplaceOneBeforeWhichAsManyWaitAsMay(boolean nativeTransport, @TempDir Path folder)
            throws Exception {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("s"));
        List<SocketChannel> waiting = new ArrayList<>();
        try (Hall hall = new Hall(nativeTransport);
                ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            other.bind(address, 1);
            while (joins(address, waiting)) {
                assertTrue(waiting.size() < 100);
            }
            String path = address.getPath().toString();
            GenerationRefusedException refused =
                    assertThrows(GenerationRefusedException.class, () -> hall.run(Hall.unix(path)));
            assertEquals("Error binding unix socket: Address already in use", refused.getMessage());
            assertTrue(Files.exists(address.getPath()));
        } finally {
            for (SocketChannel each : waiting) {
                each.close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void unixSocketDoesNotReplaceAFile(boolean nativeTransport, @TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("precious"), "data");
        try (Hall hall = new Hall(nativeTransport)) {
            GenerationRefusedException refused =
                    assertThrows(GenerationRefusedException.class, () -> hall.run(Hall.unix(file.toString())));
            assertEquals("Error binding unix socket: Address already in use", refused.getMessage());
            assertEquals("data", Files.readString(file));
            String tooLong = folder.resolve("x".repeat(120)).toString();
            assertThrows(GenerationRefusedException.class, () -> hall.run(Hall.unix(tooLong)));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void offersItsNumbersAsMetrics(boolean nativeTransport) throws Exception {
        try (Hall hall = new Hall(nativeTransport)) {
            int port = Hall.freePort();
            hall.run(Hall.tcp("a", port, "127.0.0.1"));
            try (Client client = Client.tcp("127.0.0.1", port)) {
                assertEquals("a", client.line());
                List<String> samples = new ArrayList<>();
                for (Metric metric : new ConnectionMetrics(hall.listeners).metrics()) {
                    metric.reader()
                            .accept((value, labels) ->
                                    samples.add(metric.name() + List.of(labels) + "=" + (long) value));
                }
                assertEquals(
                        List.of(
                                "socket_connections[]=1",
                                "socket_connections_refused[]=0",
                                "sockets_open[]=1",
                                "listener_connections[a]=1",
                                "listener_accepted[a]=1",
                                "listener_refused[a]=0"),
                        samples);
            }
        }
    }

    /** Whether there is room for one more before that socket. */
    private static boolean joins(UnixDomainSocketAddress address, List<SocketChannel> waiting) throws IOException {
        SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX);
        waiting.add(client);
        client.configureBlocking(false);
        try {
            return client.connect(address);
        } catch (SocketException full) {
            return false;
        }
    }

    private static void hangUp(Client client) {
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As a broker does that was killed. */
    private static void leaveSocketBehind(String path) throws IOException {
        try (ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.bind(UnixDomainSocketAddress.of(path));
        }
        assertTrue(Files.exists(Path.of(path)));
    }

    private static String greeting(int port) throws IOException {
        try (Client client = Client.tcp("127.0.0.1", port)) {
            return client.line();
        }
    }
}
