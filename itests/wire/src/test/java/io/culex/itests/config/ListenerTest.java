// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.config;

import static io.culex.testkit.ProtocolVersion.V311;
import static io.culex.testkit.ProtocolVersion.V5;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.testkit.Await;
import io.culex.testkit.BrokerKind;
import io.culex.testkit.BrokerProcess;
import io.culex.testkit.Connect;
import io.culex.testkit.WireClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What listeners can be told; all in one broker. */
class ListenerTest {
    private static final String CONFIGURATION =
            """
            user root
            allow_anonymous true
            listener {port} 127.0.0.1
            listener 0 {dir}/m.sock
            listener {port:two} 127.0.0.1
            max_connections 2
            listener {port:old} 127.0.0.1
            accept_protocol_versions 3, 4
            listener {port:mounted} 127.0.0.1
            mount_point house/
            listener {port:six} ::1
            socket_domain ipv6
            include_dir {dir}/more
            """;

    private static BrokerProcess broker;

    @BeforeAll
    static void start() throws IOException {
        Assume.culex();
        broker = BrokerProcess.prepare(BrokerKind.selected());
        Path more = Files.createDirectory(broker.folder().resolve("more"));
        Files.writeString(more.resolve("a.conf"), "listener " + broker.port("included") + " 127.0.0.1\n");
        broker.configure(CONFIGURATION);
        int six = broker.port("six");
        broker.run(Map.of(), "-c", broker.configuration().toString());
        Await.until(
                Duration.ofSeconds(60),
                broker::log,
                () -> BrokerProcess.accepts(broker.port("included")) || !broker.isRunning());
        assertTrue(broker.isRunning(), broker::log);
        assertTrue(six > 0);
    }

    @AfterAll
    static void end() {
        if (broker != null) {
            broker.close();
        }
    }

    @Test
    void servesAUnixSocket() {
        Path path = broker.folder().resolve("m.sock");
        try (WireClient client = Clients.connected(UnixDomainSocketAddress.of(path), V5, Connect.as("unix"))) {
            client.subscribe("u", 1);
            client.publish("u", "hello", 1);
            client.acknowledge(client.expectPublish("hello"));
        }
    }

    @Test
    void closesWhoIsOneTooMany() {
        try (WireClient one = Clients.connected(broker.address("two"), V5, Connect.as("one"));
                WireClient two = Clients.connected(broker.address("two"), V5, Connect.as("two"))) {
            assertThrows(AssertionError.class, () -> Clients.connected(broker.address("two"), V5, Connect.as("three")));
            one.expectNothing();
            two.expectNothing();
        }
        Await.until("a place that is free again", () -> {
            try {
                Clients.connected(broker.address("two"), V5, Connect.as("four")).disconnect();
                return true;
            } catch (AssertionError stillFull) {
                return false;
            }
        });
    }

    @Test
    void takesTheVersionsItShallTake() {
        assertEquals(
                0x84,
                Clients.answer(broker.address("old"), V5, Connect.as("v5")).reason());
        assertEquals(
                0, Clients.answer(broker.address("old"), V311, Connect.as("v4")).reason());
    }

    @Test
    void putsTopicsBelowItsMountPoint() {
        try (WireClient inside = Clients.connected(broker.address("mounted"), V5, Connect.as("inside"));
                WireClient outside = Clients.v5(broker, "outside")) {
            inside.subscribe("room", 0);
            inside.subscribe("$share/g/shared", 0);
            outside.subscribe("house/#", 0);
            outside.publish("house/room", "in", 0);
            assertEquals("room", inside.expectPublish("in").topic());
            outside.expectPublish("in");
            outside.publish("house/shared", "share", 0);
            assertEquals("shared", inside.expectPublish("share").topic());
            outside.expectPublish("share");
            inside.publish("door", "out", 0);
            assertEquals("house/door", outside.expectPublish("out").topic());
        }
    }

    @Test
    void keepsToOneAddressFamily() throws IOException {
        InetSocketAddress six = new InetSocketAddress(InetAddress.getByName("::1"), broker.port("six"));
        Clients.connected(six, V5, Connect.as("six")).disconnect();
        assertEquals(false, BrokerProcess.accepts(broker.port("six")));
    }

    @Test
    void readsListenersOfIncludedFiles() {
        Clients.connected(broker.address("included"), V5, Connect.as("included"))
                .disconnect();
    }

    @Test
    void closesWhoSendsNoConnectOnlyAfterAWhile() {
        try (WireClient silent = WireClient.open(broker.address(), V5)) {
            silent.expectSilence(Duration.ofSeconds(2));
        }
    }
}
