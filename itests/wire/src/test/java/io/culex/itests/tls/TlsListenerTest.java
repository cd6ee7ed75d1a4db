// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.itests.real.Program;
import io.culex.itests.real.TlsClients;
import io.culex.itests.real.Tunnel;
import io.culex.testkit.Await;
import io.culex.testkit.BrokerKind;
import io.culex.testkit.BrokerProcess;
import io.culex.testkit.Connect;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.Publish;
import io.culex.testkit.Subscribe;
import io.culex.testkit.WireClient;
import io.culex.testkit.pki.Authority;
import io.culex.testkit.pki.Authority.Validity;
import io.culex.testkit.pki.Issued;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.x500.X500Name;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** TLS listeners with Debian's programs as clients; all in one broker. */
class TlsListenerTest {
    private static final String CONFIGURATION =
            """
            user root
            allow_anonymous true
            log_type all
            listener {port} 127.0.0.1
            listener {port:leaf} 127.0.0.1
            certfile {dir}/server.crt
            keyfile {dir}/server.key
            cafile {dir}/middle.pem
            listener {port:mutual} 127.0.0.1
            certfile {dir}/server.crt
            keyfile {dir}/server.key
            cafile {dir}/ca.pem
            require_certificate true
            crlfile {dir}/crl.pem
            listener {port:dateless} 127.0.0.1
            certfile {dir}/server.crt
            keyfile {dir}/server.key
            cafile {dir}/ca.pem
            require_certificate true
            disable_client_cert_date_checks true
            listener {port:v13} 127.0.0.1
            certfile {dir}/server.crt
            keyfile {dir}/server.key
            cafile {dir}/middle.pem
            tls_version tlsv1.3
            listener {port:ciphers} 127.0.0.1
            certfile {dir}/server.crt
            keyfile {dir}/server.key
            cafile {dir}/middle.pem
            ciphers ECDHE-ECDSA-AES128-GCM-SHA256
            ciphers_tls1.3 TLS_AES_128_GCM_SHA256
            """;

    private static final Authority ROOT = Authority.root("Root");
    private static final Authority MIDDLE = ROOT.intermediate("Middle");
    private static BrokerProcess broker;
    private static Path dir;

    @BeforeAll
    static void start() {
        Assumptions.assumeTrue(BrokerKind.selected() == BrokerKind.CULEX, "for Culex alone");
        broker = BrokerProcess.prepare(BrokerKind.CULEX);
        dir = broker.folder();
        Issued stolen = MIDDLE.client("CN=stolen").write(dir, "stolen", MIDDLE.own());
        MIDDLE.server().write(dir, "server");
        MIDDLE.client("CN=device").write(dir, "device", MIDDLE.own());
        MIDDLE.client(new X500Name("CN=old"), Validity.over()).write(dir, "old", MIDDLE.own());
        Authority.root("Root").client("CN=device").write(dir, "stranger");
        Issued.save(dir.resolve("root.pem"), ROOT.own().pem());
        Issued.save(dir.resolve("middle.pem"), MIDDLE.own().pem());
        Issued.save(dir.resolve("ca.pem"), ROOT.own().pem() + MIDDLE.own().pem());
        Issued.save(dir.resolve("crl.pem"), MIDDLE.revoked(stolen));
        broker.configure(CONFIGURATION);
        broker.run(
                Map.of(),
                "-c",
                broker.configuration().toString(),
                "--tls-keylog",
                dir.resolve("keys").toString());
        broker.awaitReady();
    }

    @AfterAll
    static void end() {
        if (broker != null) {
            broker.close();
        }
    }

    @Test
    void aClientThatTrustsTheRootAloneComesInByALeafAlone() {
        pub("leaf").well();
        broker.awaitLog(" negotiated TLSv1.3 cipher TLS_");
    }

    @Test
    void writesTheSecretsThatTheOtherEndHasToo() throws IOException {
        broker.awaitLog("Warning: Secrets of TLS connections of listener");
        Path keys = dir.resolve("keys");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(keys)));
        for (String version : List.of("-tls1_2", "-tls1_3")) {
            Path its = dir.resolve("keys" + version);
            sClient("leaf", version, "-keylogfile", its.toString()).well();
            List<String> expected = Files.readAllLines(its).stream()
                    .filter(line -> line.startsWith("CLIENT_") || line.startsWith("SERVER_"))
                    .toList();
            assertFalse(expected.isEmpty());
            Await.until("the secrets of " + version, () -> lines(keys).containsAll(expected));
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void opensslVerifiesTheChainAndAgreesOnMqtt() {
        Program client =
                sClient("leaf", "-alpn", "mqtt", "-verify_return_error").well();
        assertTrue(client.output().contains("Verify return code: 0 (ok)"), client.output());
        assertTrue(client.output().contains("ALPN protocol: mqtt"), client.output());
        assertTrue(sClient("leaf", "-servername", "localhost").well().output().contains("CN = localhost"));
    }

    @Test
    void asksForACertificateThatIsKnownValidAndNotRevoked() {
        pub("mutual", "--cert", file("device.crt"), "--key", file("device.key")).well();
        pub("mutual").badly();
        for (String name : List.of("stranger", "stolen", "old")) {
            pub("mutual", "--cert", file(name + ".crt"), "--key", file(name + ".key"))
                    .badly();
        }
        broker.awaitLog("disconnected: TLS handshake failed: ");
    }

    @Test
    void takesExpiredCertificatesWhereDatesDoNotCount() {
        pub("dateless", "--cert", file("old.crt"), "--key", file("old.key")).well();
        pub("dateless", "--cert", file("stranger.crt"), "--key", file("stranger.key"))
                .badly();
    }

    @Test
    void keepsToTheLowestVersion() {
        sClient("v13", "-tls1_2").badly();
        sClient("v13", "-tls1_3").well();
        sClient("leaf", "-tls1_2").well();
        sClient("leaf", "-tls1_1", "-cipher", "ALL:@SECLEVEL=0").badly();
    }

    @Test
    void keepsToItsCiphers() {
        assertTrue(sClient("ciphers", "-tls1_3").well().output().contains("TLS_AES_128_GCM_SHA256"));
        assertTrue(sClient("ciphers", "-tls1_2").well().output().contains("ECDHE-ECDSA-AES128-GCM-SHA256"));
        sClient("ciphers", "-tls1_2", "-cipher", "ECDHE-ECDSA-AES256-GCM-SHA384")
                .badly();
        sClient("ciphers", "-tls1_3", "-ciphersuites", "TLS_AES_256_GCM_SHA384").badly();
    }

    @Test
    void resumesASession() {
        Path session = dir.resolve("session.pem");
        sClient("leaf", "-tls1_2", "-sess_out", session.toString()).well();
        String again =
                sClient("leaf", "-tls1_2", "-sess_in", session.toString()).output();
        assertTrue(again.contains("Reused, TLSv1.2"), again);
    }

    @Test
    void saysWhichProtocolCameInOnTheWrongPort() throws Exception {
        sClient("main").badly();
        broker.awaitLog(" appears to be using TLS to connect to a non-TLS listener.");
        assertEquals("", ask(broker.address(), "GET / HTTP/1.1\r\n\r\n"));
        broker.awaitLog(" appears to be using HTTP to connect to an MQTT listener.");
        Program plain = Program.run(dir, "mosquitto_pub", "-h", "127.0.0.1", "-p", port("leaf"), "-t", "a", "-m", "b");
        plain.badly();
        broker.awaitLog(" appears to be connecting without TLS to a TLS listener.");
    }

    /** The session stays on the loop where it began; connections from other loops move to it with all they have sent. */
    @Test
    void movesConnectionsToTheLoopOfTheirSession() {
        try (Tunnel tunnel = new Tunnel(() -> new TlsClients(ROOT).open(broker.address("leaf")))) {
            for (int round = 0; round < 30; round++) {
                try (WireClient client = WireClient.open(tunnel.address(), ProtocolVersion.V5)) {
                    Connect connect = Connect.as("mover").resume().expiry(100);
                    client.send(connect, Subscribe.to(1, "moved", 0), Publish.to("moved", "round " + round));
                    client.expectConnack();
                    client.expectSuback(1);
                    client.expectPublish("round " + round);
                }
            }
        }
    }

    @Test
    void refusesTheStartWithOneLineWhenTheKeyCannotBeUsed() {
        try (BrokerProcess refused = BrokerProcess.prepare(BrokerKind.CULEX)) {
            refused.configure(
                    """
                    user root
                    listener {port} 127.0.0.1
                    certfile %s/server.crt
                    keyfile %s/device.key
                    """
                            .formatted(dir, dir));
            refused.run(Map.of(), "-c", refused.configuration().toString());
            assertEquals(3, refused.awaitExit(Duration.ofSeconds(60)));
            assertEquals(1, refused.logged("Error"), refused::log);
            assertTrue(refused.log().contains("Error: Server certificate/key are inconsistent."), refused::log);
        }
    }

    private static String ask(InetSocketAddress address, String request) throws IOException {
        try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static Program pub(String listener, String... more) {
        List<String> command = new ArrayList<>(List.of(
                "mosquitto_pub",
                "-h",
                "localhost",
                "-p",
                port(listener),
                "--cafile",
                file("root.pem"),
                "-t",
                "a",
                "-m",
                "b",
                "-q",
                "1"));
        command.addAll(List.of(more));
        return Program.run(dir, command.toArray(String[]::new));
    }

    private static Program sClient(String listener, String... more) {
        List<String> command = new ArrayList<>(
                List.of("openssl", "s_client", "-connect", "127.0.0.1:" + port(listener), "-CAfile", file("root.pem")));
        command.addAll(List.of(more));
        return Program.run(dir, command.toArray(String[]::new));
    }

    private static String port(String listener) {
        return Integer.toString(broker.port(listener));
    }

    private static String file(String name) {
        return dir.resolve(name).toString();
    }
}
