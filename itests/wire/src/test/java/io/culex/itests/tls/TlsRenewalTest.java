// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.itests.real.TlsClients;
import io.culex.itests.real.Tunnel;
import io.culex.testkit.Await;
import io.culex.testkit.BrokerKind;
import io.culex.testkit.BrokerProcess;
import io.culex.testkit.Connect;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.WireClient;
import io.culex.testkit.pki.Authority;
import io.culex.testkit.pki.Issued;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Certificates and revocation lists that change while the broker runs and clients are connected. */
class TlsRenewalTest {
    private final Authority root = Authority.root("Root");
    private BrokerProcess broker;
    private Tunnel tunnel;
    private WireClient client;
    private InetSocketAddress address;

    @BeforeEach
    void start() throws IOException {
        Assumptions.assumeTrue(BrokerKind.selected() == BrokerKind.CULEX, "for Culex alone");
        broker = BrokerProcess.prepare(BrokerKind.CULEX);
        Files.createDirectory(broker.folder().resolve("live"));
        link(root.server(), "one");
        Issued.save(broker.folder().resolve("ca.pem"), root.own().pem());
        Issued.save(broker.folder().resolve("crl.pem"), root.revoked());
        broker.configure(
                """
                user root
                allow_anonymous true
                listener {port} 127.0.0.1
                certfile {dir}/live/fullchain.pem
                keyfile {dir}/live/privkey.pem
                listener {port:mutual} 127.0.0.1
                certfile {dir}/live/fullchain.pem
                keyfile {dir}/live/privkey.pem
                cafile {dir}/ca.pem
                require_certificate true
                crlfile {dir}/crl.pem
                """);
        broker.run(Map.of(), "-c", broker.configuration().toString());
        broker.awaitReady();
        address = broker.address();
        tunnel = new Tunnel(() -> new TlsClients(root).open(address));
        client = WireClient.open(tunnel.address(), ProtocolVersion.V5);
        client.connect(Connect.as("witness"));
        client.subscribe("a", 0);
    }

    @AfterEach
    void end() {
        if (broker != null) {
            client.close();
            tunnel.close();
            broker.close();
        }
    }

    @Test
    void aRenewedCertificateIsShownToNewClientsAndDropsNobody() throws IOException {
        Issued renewed = root.server();
        link(renewed, "two");
        awaitShown(renewed);
        assertAlive();
    }

    @Test
    void aBrokenCertificateLeavesTheOldOneInForce() throws IOException {
        X509Certificate before = shown();
        Issued.save(broker.folder().resolve("one.crt"), "broken");
        broker.awaitLog("Error: Listener " + broker.port("main") + "@127.0.0.1 keeps the certificate it had.");
        assertEquals(before, shown());
        broker.signal("HUP");
        broker.awaitLog("Error: Nothing was changed.");
        assertEquals(before, shown());
        assertAlive();
    }

    @Test
    void aHangupLoadsCertificatesAtOnce() throws IOException {
        Issued renewed = root.server().write(broker.folder(), "one");
        broker.signal("HUP");
        awaitShown(renewed);
        assertAlive();
    }

    @Test
    void aCertificateThatIsRevokedNowDoesNotComeInAgain() throws IOException {
        Issued device = root.client("CN=device");
        TlsClients clients = new TlsClients(root, device);
        assertEquals(true, comesIn(clients));
        Issued.save(broker.folder().resolve("crl.pem"), root.revoked(device));
        Await.until("the revoked certificate to be refused", () -> !comesIn(clients));
        assertAlive();
    }

    /** With TLS 1.3 a client learns only from what follows its handshake that it was refused. */
    private boolean comesIn(TlsClients clients) {
        try (Tunnel mutual = new Tunnel(() -> clients.open(broker.address("mutual")));
                WireClient device = WireClient.open(mutual.address(), ProtocolVersion.V5)) {
            device.send(Connect.as("device"));
            device.expectConnack();
            return true;
        } catch (AssertionError refused) {
            return false;
        }
    }

    private void awaitShown(Issued expected) {
        Await.until("the renewed certificate", () -> {
            try {
                return shown().equals(expected.certificate());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    private X509Certificate shown() throws IOException {
        return new TlsClients(root).certificate(address);
    }

    private void assertAlive() {
        client.publish("a", "still here", 0);
        client.expectPublish("still here");
    }

    /** As certbot does it: first the files, then one link after the other. */
    private void link(Issued issued, String name) throws IOException {
        issued.write(broker.folder(), name);
        Path live = broker.folder().resolve("live");
        for (String[] names : new String[][] {{"fullchain.pem", name + ".crt"}, {"privkey.pem", name + ".key"}}) {
            Path next = live.resolve("next");
            Files.createSymbolicLink(next, broker.folder().resolve(names[1]));
            Files.move(next, live.resolve(names[0]), StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
