// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.listen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.config.Generation;
import io.culex.api.config.GenerationRefusedException;
import io.culex.api.config.ListenerSettings;
import io.culex.api.config.ListenerSettings.Binding;
import io.culex.api.config.ListenerSettings.Family;
import io.culex.transport.Await;
import io.culex.transport.Listener;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GenerationTest {
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void acceptsOnlyFromCommitOn(boolean nativeTransport) throws Exception {
        try (Hall hall = new Hall(nativeTransport)) {
            int port = Hall.freePort();
            Generation generation = hall.generation(Hall.tcp("a", port, "127.0.0.1"));
            hall.listeners.prepare(generation);
            try (Client early = Client.tcp("127.0.0.1", port)) {
                passIterations(hall);
                assertEquals(0, hall.listeners.acceptedConnections());
                assertTrue(hall.listeners.listeners().isEmpty());
                hall.listeners.commit(generation);
                assertEquals("a", early.line());
            }
            assertEquals(1, hall.listeners.acceptedConnections());
            Await.until("gone", () -> hall.listeners.openConnections() == 0);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void abortGivesThePortBack(boolean nativeTransport) throws Exception {
        try (Hall hall = new Hall(nativeTransport)) {
            int port = Hall.freePort();
            Generation generation = hall.generation(Hall.tcp("a", port, "127.0.0.1"));
            hall.listeners.prepare(generation);
            hall.listeners.abort(generation);
            assertFree(port);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void oneThatCannotBeBoundUndoesTheOthers(boolean nativeTransport, @TempDir Path folder) throws Exception {
        try (Hall hall = new Hall(nativeTransport);
                ServerSocket foreign = new ServerSocket()) {
            foreign.bind(new InetSocketAddress("127.0.0.1", 0));
            int port = Hall.freePort();
            Path socket = folder.resolve("s");
            assertThrows(
                    GenerationRefusedException.class,
                    () -> hall.run(
                            Hall.tcp("a", port, "127.0.0.1"),
                            Hall.unix(socket.toString()),
                            Hall.tcp("b", foreign.getLocalPort(), "127.0.0.1")));
            assertFree(port);
            assertFalse(Files.exists(socket));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aListenerThatStaysKeepsItsConnectionsAndGetsNewSettings(boolean nativeTransport) throws Exception {
        try (Hall hall = new Hall(nativeTransport)) {
            int port = Hall.freePort();
            ListenerSettings before = Hall.tcp("a", port, "127.0.0.1");
            hall.run(before);
            try (Client client = Client.tcp("127.0.0.1", port)) {
                assertEquals("a", client.line());
                Listener listener = hall.listeners.listeners().get(0);
                ListenerSettings after = Hall.limited(before, 7);
                Generation next = hall.generation(after);
                hall.listeners.prepare(next);
                assertSame(before, listener.settings());
                hall.listeners.commit(next);
                assertSame(after, hall.greeter.arrivals.get(0).listener().settings());
                assertSame(listener, hall.listeners.listeners().get(0));
                assertEquals(1, listener.connections());
                assertTrue(hall.greeter.channels.get(0).isActive());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRemovedListenerSaysGoodbye(boolean nativeTransport) throws Exception {
        try (Hall hall = new Hall(nativeTransport)) {
            int port = Hall.freePort();
            int other = Hall.freePort();
            ListenerSettings stays = Hall.tcp("stays", other, "127.0.0.1");
            hall.run(Hall.tcp("goes", port, "127.0.0.1"), stays);
            try (Client leaving = Client.tcp("127.0.0.1", port);
                    Client staying = Client.tcp("127.0.0.1", other)) {
                assertEquals("goes", leaving.line());
                assertEquals("stays", staying.line());
                hall.run(stays);
                assertEquals("bye", leaving.line());
                assertEquals("", leaving.line());
                assertThrows(ConnectException.class, () -> connect(port));
                Await.until("one left", () -> hall.listeners.openConnections() == 1);
                staying.send("still here");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void closingTheDoorsKeepsTheConnections(boolean nativeTransport, @TempDir Path folder) throws Exception {
        try (Hall hall = new Hall(nativeTransport)) {
            int port = Hall.freePort();
            Path socket = folder.resolve("s");
            hall.run(Hall.tcp("a", port, "127.0.0.1"), Hall.unix(socket.toString()));
            try (Client client = Client.tcp("127.0.0.1", port)) {
                assertEquals("a", client.line());
                hall.listeners.closeAll();
                assertThrows(ConnectException.class, () -> connect(port));
                assertFalse(Files.exists(socket));
                assertTrue(hall.greeter.channels.get(0).isActive());
                assertThrows(GenerationRefusedException.class, () -> hall.run(Hall.tcp("b", 0, "127.0.0.1")));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aUnixSocketStaysWhateverIsWrittenUnderItThatIsNotItsPath(boolean nativeTransport, @TempDir Path folder)
            throws Exception {
        try (Hall hall = new Hall(nativeTransport)) {
            String path = folder.resolve("s").toString();
            hall.run(Hall.unix(path));
            Listener listener = hall.listeners.listeners().get(0);
            hall.run(Hall.tcp(path, new Binding(0, null, path, "lo", Family.IPV4)));
            assertSame(listener, hall.listeners.listeners().get(0));
            try (Client client = Client.unix(path)) {
                assertEquals(path, client.line());
            }
            hall.run();
            assertFalse(Files.exists(Path.of(path)));
        }
    }

    private static void connect(int port) throws IOException {
        Client.tcp("127.0.0.1", port).close();
    }

    private static void assertFree(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress("127.0.0.1", port));
        }
    }

    /** What the loops could have read before is read afterwards. */
    private static void passIterations(Hall hall) throws Exception {
        for (int i = 0; i < 10; i++) {
            for (var loop : hall.loops.loops()) {
                loop.submit(() -> {}).get();
            }
        }
    }
}
