// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.itests.real.Program;
import io.culex.testkit.BrokerKind;
import io.culex.testkit.BrokerProcess;
import io.culex.testkit.pki.Issued;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Pre-shared keys with Debian's clients and OpenSSL's. */
class PskTest {
    private static final String KEY = "0123456789abcdef";
    private static BrokerProcess broker;
    private static Path dir;

    @BeforeAll
    static void start() {
        Assumptions.assumeTrue(BrokerKind.selected() == BrokerKind.CULEX, "for Culex alone");
        broker = BrokerProcess.prepare(BrokerKind.CULEX);
        dir = broker.folder();
        Issued.save(dir.resolve("keys"), "# identity:key\ndevice:" + KEY + "\nother:ffff\n");
        broker.configure(
                """
                user root
                allow_anonymous true
                psk_file {dir}/keys
                listener {port} 127.0.0.1
                psk_hint culex
                listener {port:cipher} 127.0.0.1
                psk_hint culex
                ciphers PSK-AES128-GCM-SHA256
                """);
        broker.run(Map.of(), "-c", broker.configuration().toString());
        broker.awaitReady();
    }

    @AfterAll
    static void end() {
        if (broker != null) {
            broker.close();
        }
    }

    @Test
    void aClientComesInWithItsKey() {
        String large = "x".repeat(100_000);
        Program sub = pub("main", "device", KEY, "-i", "large", "-m", large);
        sub.well();
        broker.awaitLog("Client large negotiated TLSv1.2 cipher ");
    }

    @Test
    void nobodyElseComesIn() {
        pub("main", "device", "ffff", "-m", "b").badly();
        pub("main", "stranger", KEY, "-m", "b").badly();
        broker.awaitLog("disconnected: TLS handshake failed: ");
    }

    @Test
    void keepsToItsCiphers() {
        Program client = Program.run(
                dir,
                "openssl",
                "s_client",
                "-connect",
                "127.0.0.1:" + broker.port("cipher"),
                "-tls1_2",
                "-psk_identity",
                "device",
                "-psk",
                KEY,
                "-cipher",
                "PSK");
        assertTrue(client.output().contains("PSK-AES128-GCM-SHA256"), client.output());
        assertTrue(client.output().contains("PSK identity hint: culex"), client.output());
    }

    @Test
    void namesTheLineThatIsNone() {
        try (BrokerProcess refused = BrokerProcess.prepare(BrokerKind.CULEX)) {
            Issued.save(refused.folder().resolve("keys"), "device:" + KEY + "\nbroken:xyz\n");
            refused.configure("user root\npsk_file {dir}/keys\nlistener {port} 127.0.0.1\npsk_hint culex\n");
            refused.run(Map.of(), "-c", refused.configuration().toString());
            assertEquals(3, refused.awaitExit(Duration.ofSeconds(60)));
            assertTrue(refused.log().contains("Error: Invalid line 2 in psk file \""), refused::log);
        }
    }

    private static Program pub(String listener, String identity, String key, String... more) {
        List<String> command = new ArrayList<>(List.of(
                "mosquitto_pub",
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(broker.port(listener)),
                "--psk-identity",
                identity,
                "--psk",
                key,
                "-t",
                "a",
                "-q",
                "1"));
        command.addAll(List.of(more));
        return Program.run(dir, command.toArray(String[]::new));
    }
}
