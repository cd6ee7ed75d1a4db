// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.listen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.config.GenerationRefusedException;
import io.culex.api.config.GenerationRefusedException.Kind;
import io.culex.api.config.ListenerSettings;
import io.culex.api.config.ListenerSettings.Binding;
import io.culex.api.config.ListenerSettings.Family;
import io.culex.transport.Listener;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BindingTest {
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void listensOnEveryAddressWithOneSocketPerFamily(boolean nativeTransport) throws Exception {
        try (Hall hall = new Hall(nativeTransport)) {
            int port = Hall.freePort();
            hall.run(Hall.tcp("all", port, null));
            assertEquals("all", greeting("127.0.0.1", port));
            assertEquals("all", greeting("::1", port));
            assertEquals(2, only(hall).addresses().size());
            assertEquals(port, only(hall).port());
            assertEquals(
                    List.of(
                            "INFORMATION Opening ipv4 listen socket on port %d.".formatted(port),
                            "INFORMATION Opening ipv6 listen socket on port %d.".formatted(port)),
                    hall.log.lines());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void socketDomainLeavesTheOtherFamilyOut(boolean nativeTransport) throws Exception {
        try (Hall hall = new Hall(nativeTransport)) {
            int four = Hall.freePort();
            int six = Hall.freePort();
            hall.run(
                    Hall.tcp("four", new Binding(four, null, null, null, Family.IPV4)),
                    Hall.tcp("six", new Binding(six, null, null, null, Family.IPV6)));
            assertEquals("four", greeting("127.0.0.1", four));
            assertEquals("six", greeting("::1", six));
            assertThrows(ConnectException.class, () -> greeting("::1", four));
            assertEquals("", greetingOrNothing("127.0.0.1", six));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bothFamiliesOfOnePortCanBeTwoListeners(boolean nativeTransport) throws Exception {
        try (Hall hall = new Hall(nativeTransport)) {
            int port = Hall.freePort();
            hall.run(
                    Hall.tcp("six", new Binding(port, null, null, null, Family.IPV6)),
                    Hall.tcp("four", new Binding(port, null, null, null, Family.IPV4)));
            assertEquals("four", greeting("127.0.0.1", port));
            assertEquals("six", greeting("::1", port));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAddressIsBoundAlone(boolean nativeTransport) throws Exception {
        try (Hall hall = new Hall(nativeTransport)) {
            int port = Hall.freePort();
            hall.run(Hall.tcp("local", port, "127.0.0.1"));
            assertEquals("local", greeting("127.0.0.1", port));
            assertThrows(ConnectException.class, () -> greeting("127.0.0.2", port));
            assertEquals(
                    List.of(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port)),
                    only(hall).addresses());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void portZeroTakesOneFreePortForAllAddresses(boolean nativeTransport) throws Exception {
        try (Hall hall = new Hall(nativeTransport)) {
            hall.run(Hall.tcp("a", 0, "127.0.0.1"), Hall.tcp("b", 0, "127.0.0.1"));
            List<Listener> open = hall.listeners.listeners();
            assertEquals("a", greeting("127.0.0.1", open.get(0).port()));
            assertEquals("b", greeting("127.0.0.1", open.get(1).port()));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bindsTheAddressesOfAnInterface(boolean nativeTransport) throws Exception {
        try (Hall hall = new Hall(nativeTransport)) {
            int port = Hall.freePort();
            hall.run(Hall.tcp("lo", new Binding(port, null, null, "lo", Family.IPV4)));
            assertEquals("lo", greeting("127.0.0.1", port));
            assertEquals(1, only(hall).addresses().size());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refusesWhatIsNotThere(boolean nativeTransport) throws Exception {
        try (Hall hall = new Hall(nativeTransport)) {
            int port = Hall.freePort();
            assertEquals(
                    "Error: Interface nosuch0 does not exist.",
                    refusal(hall, new Binding(port, null, null, "nosuch0", Family.ANY)));
            assertEquals(
                    "Error: Interface address for lo does not match specified listener address (192.0.2.1).",
                    refusal(hall, new Binding(port, "192.0.2.1", null, "lo", Family.ANY)));
            assertEquals(
                    "Error creating listener: Address family for hostname not supported.",
                    refusal(hall, new Binding(port, "127.0.0.1", null, null, Family.IPV6)));
            assertEquals(
                    "Error creating listener: Name or service not known.",
                    refusal(hall, new Binding(port, "no such host", null, null, Family.ANY)));
            assertEquals(
                    "Error: Cannot assign requested address",
                    refusal(hall, new Binding(port, "192.0.2.1", null, null, Family.ANY)));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refusesAPortThatSomebodyElseHas(boolean nativeTransport) throws Exception {
        try (Hall hall = new Hall(nativeTransport);
                ServerSocket foreign = foreign("127.0.0.1")) {
            int port = foreign.getLocalPort();
            assertEquals("Error: Address already in use", refusal(hall, binding(port, "127.0.0.1")));
            assertEquals("Error: Address already in use", refusal(hall, binding(port, null)));
            assertTrue(hall.listeners.listeners().isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPathThatIsNoneIsRefusedAndLeavesNothingBound(boolean nativeTransport) throws Exception {
        try (Hall hall = new Hall(nativeTransport)) {
            int port = Hall.freePort();
            ListenerSettings tcp = Hall.tcp("tcp", port, "127.0.0.1");
            GenerationRefusedException refused =
                    assertThrows(GenerationRefusedException.class, () -> hall.run(tcp, Hall.unix("/tmp/a\0b")));
            assertEquals("Error binding unix socket: Nul character not allowed: /tmp/a\0b", refused.getMessage());
            hall.run(tcp);
            assertEquals("tcp", greeting("127.0.0.1", port));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refusesTheSameAddressTwice(boolean nativeTransport) throws Exception {
        try (Hall hall = new Hall(nativeTransport)) {
            int port = Hall.freePort();
            GenerationRefusedException refused = assertThrows(
                    GenerationRefusedException.class,
                    () -> hall.run(Hall.tcp("a", port, "127.0.0.1"), Hall.tcp("b", port, "127.0.0.1")));
            assertEquals("Error: Address already in use", refused.getMessage());
            assertEquals(Kind.SYSTEM, refused.kind());
            hall.run(Hall.tcp("a", port, "127.0.0.1"));
            assertThrows(
                    GenerationRefusedException.class,
                    () -> hall.run(Hall.tcp("a", port, "127.0.0.1"), Hall.tcp("b", port, "127.0.0.1")));
            assertEquals("a", greeting("127.0.0.1", port));
        }
    }

    private static ServerSocket foreign(String host) throws IOException {
        ServerSocket foreign = new ServerSocket();
        foreign.bind(new InetSocketAddress(host, 0));
        return foreign;
    }

    private static Binding binding(int port, @Nullable String host) {
        return new Binding(port, host, null, null, Family.IPV4);
    }

    private static @Nullable String refusal(Hall hall, Binding binding) {
        GenerationRefusedException refused =
                assertThrows(GenerationRefusedException.class, () -> hall.run(Hall.tcp("x", binding)));
        assertEquals(Kind.SYSTEM, refused.kind());
        return refused.getMessage();
    }

    private static Listener only(Hall hall) {
        assertFalse(hall.listeners.listeners().size() > 1);
        return hall.listeners.listeners().get(0);
    }

    private static String greeting(String host, int port) throws IOException {
        try (Client client = Client.tcp(host, port)) {
            return client.line();
        }
    }

    /** The JDK's IPv6 sockets cannot but take the connection; then it ends without a word. */
    private static String greetingOrNothing(String host, int port) throws IOException {
        try {
            return greeting(host, port);
        } catch (ConnectException e) {
            return "";
        }
    }
}
