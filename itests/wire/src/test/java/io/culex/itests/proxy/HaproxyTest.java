// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.itests.real.Program;
import io.culex.itests.real.Tunnel;
import io.culex.testkit.Await;
import io.culex.testkit.BrokerKind;
import io.culex.testkit.BrokerProcess;
import io.culex.testkit.Connect;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.WireClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every pair of files in etc/haproxy, with HAProxy itself between Debian's clients and one broker. */
class HaproxyTest {
    private static final Duration CHECKS = Duration.ofSeconds(1);

    private static HaproxyHouse house;
    private static BrokerProcess broker;

    @BeforeAll
    static void start() throws IOException {
        Assumptions.assumeTrue(BrokerKind.selected() == BrokerKind.CULEX, "for Culex alone");
        house = HaproxyHouse.start();
        broker = house.broker();
        Await.until(
                "HAProxy to find the broker well", () -> house.checksPassed() == HaproxyHouse.BEHIND_HEADERS.size());
        // The last lines of the tests that asked whether ports accept may still be on their way.
        Await.until(
                Duration.ofSeconds(20),
                () -> "health checks without a line in\n" + broker.log(),
                HaproxyTest::isSilentUnderChecks);
    }

    @AfterAll
    static void end() {
        if (house != null) {
            house.close();
        }
    }

    /** For a time in which each of the servers is looked at ten times. */
    private static boolean isSilentUnderChecks() {
        String before = broker.log();
        Await.pass(CHECKS);
        return broker.log().equals(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"passthrough", "passthrough-tls", "termination", "mutual-tls"})
    void withoutHeadersClientsHaveTheAddressOfTheProxy(String example) {
        pub(example, "127.0.0.2", example).well();
        assertConnected(example, "127\\.0\\.0\\.1:\\d+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy", "proxy-v1", "proxy-termination", "proxy-mutual-tls", "proxy-identity"})
    void withHeadersClientsKeepTheirAddresses(String example) {
        pub(example, "127.0.0.2", example).well();
        assertConnected(example, "127\\.0\\.0\\.2:\\d+");
        assertEquals(0, broker.logged("New connection from 127.0.0.2"));
    }

    @Test
    void theNameInTheCertificateIsTheUserOfTheLog() {
        pub("proxy-identity", "127.0.0.8", "identified").well();
        awaitLine("New client connected from 127\\.0\\.0\\.8:\\d+ as identified \\(p4, c1, k60, u'device'\\)\\.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy", "proxy-v1", "proxy-termination"})
    void addressesOfIpv6AreKeptToo(String example) {
        pub(example, "::1", example + "-6").well();
        assertConnected(example + "-6", "\\[?::1]?:\\d+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy", "proxy-v1"})
    void thePortIsKeptToo(String example) {
        AtomicInteger port = new AtomicInteger();
        try (Tunnel tunnel = new Tunnel(() -> {
                    Socket socket = new Socket(
                            InetAddress.getByName("127.0.0.1"),
                            house.frontend(example),
                            InetAddress.getByName("127.0.0.3"),
                            0);
                    port.set(socket.getLocalPort());
                    return socket;
                });
                WireClient client = WireClient.open(tunnel.address(), ProtocolVersion.V5)) {
            client.connect(Connect.as("port-" + example));
            assertConnected("port-" + example, Pattern.quote("127.0.0.3:" + port.get()));
        }
        broker.awaitLog("Client port-" + example + " [127.0.0.3:" + port.get() + "] disconnected");
    }

    @Test
    void tellsWhatTheProxyNegotiated() {
        house.pub("ciphered", "127.0.0.4", "negotiator", "--cafile", house.file("root.pem"))
                .well();
        awaitLine("Connection from 127\\.0\\.0\\.4:\\d+ negotiated TLSv1\\.3 cipher TLS_");
    }

    /** HAProxy sends what it would say of TLS also for clients that came without. */
    @Test
    void takesNobodyWithoutTlsWhereThatIsRequired() {
        house.pub("plain", "127.0.0.5", "plain").badly();
        awaitLine("Connection from 127\\.0\\.0\\.5:\\d+ rejected, client did not connect using TLS\\.");
    }

    @Test
    void takesNobodyWithoutACertificateWhereThatIsRequired() {
        house.pub("uncertified", "127.0.0.6", "uncertified", "--cafile", house.file("root.pem"))
                .badly();
        awaitLine("Connection from 127\\.0\\.0\\.6:\\d+ rejected, client did not provide a certificate\\.");
    }

    @Test
    void takesNobodyWithoutANameWhereTheCertificateIsToNameHim() {
        Program refused = house.pub(
                        "proxy-identity",
                        "127.0.0.7",
                        "nameless",
                        "--cafile",
                        house.file("root.pem"),
                        "--cert",
                        house.file("nameless.crt"),
                        "--key",
                        house.file("nameless.key"))
                .badly();
        assertTrue(refused.output().contains("bad user name or password"), refused.output());
        broker.awaitLog("] disconnected: bad username or password.");
    }

    @Test
    void theNameInTheCertificateIsTheUserWhomTheRulesName() {
        String refusal = "Not authorized";
        String own = identified("own", "device/own").well().output();
        assertFalse(own.contains(refusal), own);
        String others = identified("others", "others/x").output();
        assertTrue(others.contains(refusal), others);
        awaitLine("as own \\(p5, c1, k60, u'device'\\)");
    }

    private static Program identified(String id, String topic) {
        List<String> options = new ArrayList<>(List.of(HaproxyHouse.options("proxy-identity", house)));
        options.addAll(List.of("-V", "5", "-t", topic));
        return house.pub("proxy-identity", "127.0.0.8", id, options.toArray(String[]::new));
    }

    private static Program pub(String example, String from, String id) {
        return house.pub(example, from, id, HaproxyHouse.options(example, house));
    }

    private static void assertConnected(String id, String address) {
        awaitLine("New client connected from " + address + " as " + Pattern.quote(id) + " \\(");
    }

    private static void awaitLine(String regex) {
        Pattern line = Pattern.compile(regex);
        Await.until(Duration.ofSeconds(10), () -> regex + " in\n" + broker.log(), () -> line.matcher(broker.log())
                .find());
    }
}
