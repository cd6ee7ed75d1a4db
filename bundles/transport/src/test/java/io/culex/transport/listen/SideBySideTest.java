// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.listen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.culex.api.config.Generation;
import io.culex.api.config.GenerationRefusedException;
import io.culex.api.config.ListenerSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SPEC Z.12: a specific address and the wildcard on one port. */
class SideBySideTest {
    @ParameterizedTest
    @CsvSource({"true,true", "true,false", "false,true", "false,false"})
    void theSpecificAddressWins(boolean nativeTransport, boolean specificFirst) throws Exception {
        try (Hall hall = new Hall(nativeTransport)) {
            int port = Hall.freePort();
            ListenerSettings local = Hall.tcp("local", port, "127.0.0.1");
            ListenerSettings all = Hall.tcp("all", port, null);
            if (specificFirst) {
                hall.run(local, all);
            } else {
                hall.run(all, local);
            }
            for (int i = 0; i < 20; i++) {
                assertEquals("local", greeting("127.0.0.1", port));
                assertEquals("all", greeting("127.0.0.2", port));
                assertEquals("all", greeting("::1", port));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refusesWhenSomebodyElseHasOneOfTheAddresses(boolean nativeTransport) throws Exception {
        for (String host : new String[] {"127.0.0.1", "127.0.0.2", "0.0.0.0"}) {
            try (Hall hall = new Hall(nativeTransport);
                    ServerSocket foreign = new ServerSocket()) {
                foreign.setOption(java.net.StandardSocketOptions.SO_REUSEPORT, true);
                foreign.bind(new InetSocketAddress(host, 0));
                int port = foreign.getLocalPort();
                GenerationRefusedException refused = assertThrows(
                        GenerationRefusedException.class,
                        () -> hall.run(Hall.tcp("local", port, "127.0.0.1"), Hall.tcp("all", port, null)));
                assertEquals("Error: Address already in use", refused.getMessage());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aListenerMovesBetweenWildcardAndAddress(boolean nativeTransport) throws Exception {
        try (Hall hall = new Hall(nativeTransport)) {
            int port = Hall.freePort();
            hall.run(Hall.tcp("all", port, null));
            assertEquals("all", greeting("127.0.0.1", port));
            hall.run(Hall.tcp("local", port, "127.0.0.1"));
            assertEquals("local", greeting("127.0.0.1", port));
            assertThrows(IOException.class, () -> greeting("127.0.0.2", port));
            hall.run(Hall.tcp("all", port, null));
            assertEquals("all", greeting("127.0.0.1", port));
            assertEquals("all", greeting("127.0.0.2", port));
            hall.run(Hall.tcp("zeros", port, "0.0.0.0"));
            assertEquals("zeros", greeting("127.0.0.1", port));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAbortedMoveLeavesTheOldListener(boolean nativeTransport) throws Exception {
        try (Hall hall = new Hall(nativeTransport)) {
            int port = Hall.freePort();
            hall.run(Hall.tcp("all", port, null));
            Generation next = hall.generation(Hall.tcp("local", port, "127.0.0.1"));
            hall.listeners.prepare(next);
            assertEquals("all", greeting("127.0.0.2", port));
            hall.listeners.abort(next);
            assertEquals("all", greeting("127.0.0.1", port));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aListenerJoinsAndLeavesOnAPort(boolean nativeTransport) throws Exception {
        try (Hall hall = new Hall(nativeTransport)) {
            int port = Hall.freePort();
            ListenerSettings all = Hall.tcp("all", port, null);
            hall.run(all);
            try (Client client = Client.tcp("127.0.0.1", port)) {
                assertEquals("all", client.line());
                hall.run(all, Hall.tcp("local", port, "127.0.0.1"));
                assertEquals("local", greeting("127.0.0.1", port));
                assertEquals("all", greeting("127.0.0.2", port));
                hall.run(all);
                assertEquals("all", greeting("127.0.0.1", port));
                hall.run();
                assertEquals("bye", client.line());
            }
        }
    }

    private static String greeting(String host, int port) throws IOException {
        try (Client client = Client.tcp(host, port)) {
            return client.line();
        }
    }
}
