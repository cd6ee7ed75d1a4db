// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.itests.Spec;
import io.culex.testkit.BrokerKind;
import io.culex.testkit.BrokerProcess;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.Publish;
import io.culex.testkit.WireClient;
import io.culex.testkit.pki.Authority;
import io.culex.testkit.pki.Issued;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Bridges between Culex and Debian's Mosquitto, opened by either. */
class MosquittoBridgeTest {
    private static final String KEY = "0102030405060708";

    private static final String FAR =
            """
            user root
            log_type all
            allow_anonymous true
            listener {port} 127.0.0.1
            listener {port:tls} 127.0.0.1
            certfile {dir}/server.crt
            keyfile {dir}/server.key
            cafile {dir}/ca.pem
            listener {port:mutual} 127.0.0.1
            certfile {dir}/server.crt
            keyfile {dir}/server.key
            cafile {dir}/ca.pem
            require_certificate true
            listener {port:psk} 127.0.0.1
            psk_hint far
            psk_file {dir}/keys
            """;

    private static final String NEAR =
            """
            user root
            log_type all
            allow_anonymous true
            listener {port} 127.0.0.1
            connection three
            address 127.0.0.1:PLAIN
            topic # both 2 here3/ there3/
            connection old
            address 127.0.0.1:PLAIN
            bridge_protocol_version mqttv31
            topic # both 2 here31/ there31/
            connection five
            address 127.0.0.1:PLAIN
            bridge_protocol_version mqttv50
            topic # both 2 here5/ there5/
            notification_topic five/state
            connection file
            address localhost:TLS
            bridge_cafile {dir}/ca.pem
            topic # both 1 herefile/ therefile/
            connection folder
            address localhost:MUTUAL
            bridge_capath {dir}/authorities
            bridge_certfile {dir}/client.crt
            bridge_keyfile {dir}/client.key
            bridge_protocol_version mqttv50
            topic # both 1 herefolder/ therefolder/
            connection key
            address 127.0.0.1:PSK
            bridge_identity near
            bridge_psk KEY
            topic # both 1 herekey/ therekey/
            connection stranger
            address localhost:TLS
            bridge_capath {dir}/strangers
            topic # out 1
            connection nowhere
            address no-such-host.invalid:1883
            topic # out 1
            """;

    private static BrokerProcess far;
    private static BrokerProcess near;

    @BeforeAll
    static void start() throws Exception {
        Assumptions.assumeTrue(BrokerKind.selected() == BrokerKind.CULEX, "for Culex alone");
        Authority root = Authority.root("Root");
        far = BrokerProcess.prepare(BrokerKind.MOSQUITTO);
        root.server().write(far.folder(), "server");
        Issued.save(far.folder().resolve("ca.pem"), root.own().pem());
        Issued.save(far.folder().resolve("keys"), "near:" + KEY + "\n");
        far.configure(FAR);
        far.run(Map.of(), "-c", far.configuration().toString());
        far.awaitReady();
        near = BrokerProcess.prepare(BrokerKind.CULEX);
        Path dir = near.folder();
        Issued.save(dir.resolve("ca.pem"), root.own().pem());
        root.client("CN=near").write(dir, "client");
        Issued.save(
                Files.createDirectory(dir.resolve("authorities")).resolve("our root.crt"),
                root.own().pem());
        Issued.save(
                Files.createDirectory(dir.resolve("strangers")).resolve("other.pem"),
                Authority.root("Other").own().pem());
        near.configure(NEAR.replace("PLAIN", "" + far.port("main"))
                .replace("TLS", "" + far.port("tls"))
                .replace("MUTUAL", "" + far.port("mutual"))
                .replace("PSK", "" + far.port("psk"))
                .replace("KEY", KEY));
        near.run(Map.of(), "-c", near.configuration().toString());
        near.awaitReady();
    }

    @AfterAll
    static void end() {
        for (BrokerProcess broker : new BrokerProcess[] {near, far}) {
            if (broker != null) {
                broker.close();
            }
        }
    }

    private static void bothWays(String name, int qos, ProtocolVersion version) {
        for (int level = 0; level <= qos; level++) {
            Ends.check(near.address(), "here" + name + "/x", far.address(), "there" + name + "/x", level, version);
            Ends.check(far.address(), "there" + name + "/y", near.address(), "here" + name + "/y", level, version);
        }
    }

    @Test
    @Spec("MQTT-7.0.0-1")
    void messagesGoBothWaysInEveryVersion() {
        Ends.awaitBridges(near, "three", "old", "five");
        bothWays("3", 2, ProtocolVersion.V311);
        bothWays("31", 2, ProtocolVersion.V311);
        bothWays("5", 2, ProtocolVersion.V5);
    }

    @Test
    void messagesGoBothWaysThroughTls() {
        Ends.awaitBridges(near, "file", "folder", "key");
        bothWays("file", 1, ProtocolVersion.V311);
        bothWays("folder", 1, ProtocolVersion.V5);
        bothWays("key", 1, ProtocolVersion.V311);
    }

    @Test
    void bothBrokersAreToldThatABridgeIsThere() {
        Ends.awaitBridges(near, "three", "five");
        Ends.awaitRetained(near.address(), "five/state", "1");
        Ends.awaitRetained(far.address(), "five/state", "1");
        String host = readHostname();
        Ends.awaitRetained(far.address(), "$SYS/broker/connection/" + host + ".three/state", "1");
        Ends.awaitRetained(near.address(), "$SYS/broker/connection/" + host + ".three/state", "1");
    }

    private static String readHostname() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aMessageOfTheBridgeDoesNotComeBackByIt() {
        Ends.awaitBridges(near, "three", "five");
        for (String way : List.of("3", "5")) {
            try (WireClient client = Ends.client(near.address())) {
                client.subscribe("here" + way + "/echo", 1);
                client.publish("here" + way + "/echo", "once", 1);
                client.acknowledge(client.expectPublish("once"));
                client.expectSilence(Duration.ofMillis(500));
            }
        }
    }

    @Test
    void theRetainFlagArrivesAndPropertiesTravel() {
        Ends.awaitBridges(near, "three", "five");
        try (WireClient client = Ends.client(near.address())) {
            client.publish(Publish.to("here3/kept", "v3").retained(), 1);
            client.publish(Publish.to("here5/kept", "v5").retained(), 1);
        }
        Ends.awaitRetained(far.address(), "there3/kept", "v3");
        Ends.awaitRetained(far.address(), "there5/kept", "v5");
    }

    @Test
    void aCheckThatFailsNamesTheIssuerAndWhereItWasLookedFor() {
        near.awaitLog("Warning: Bridge stranger cannot connect to localhost:" + far.port("tls")
                + ": TLS handshake failed: the certificate of \"CN=localhost\" cannot be verified: its issuer \"CN=Root\" is"
                + " missing: 1 CA certificates were read from folder \""
                + near.folder().resolve("strangers")
                + "\", and it is not among them.");
    }

    @Test
    void aNameThatDoesNotResolveIsTriedAgain() {
        near.awaitLog("Warning: Bridge nowhere cannot connect to no-such-host.invalid:1883: the name is not known.");
        near.awaitLog("Bridge nowhere next backoff will be ");
    }

    @Test
    void theOtherBrokerMayOpenTheBridge() {
        String configuration =
                """
                user root
                log_type all
                allow_anonymous true
                listener {port} 127.0.0.1
                connection m3
                address 127.0.0.1:NEAR
                topic # both 2 m3/ n3/
                connection m5
                address 127.0.0.1:NEAR
                bridge_protocol_version mqttv50
                topic # both 2 m5/ n5/
                """
                        .replace("NEAR", "" + near.port("main"));
        try (BrokerProcess opener = BrokerProcess.start(BrokerKind.MOSQUITTO, configuration)) {
            near.awaitLog("New bridge connected from ");
            Ends.awaitRetained(opener.address(), "$SYS/broker/connection/" + readHostname() + ".m5/state", "1");
            for (String way : List.of("3", "5")) {
                for (int qos = 0; qos <= 2; qos++) {
                    Ends.check(
                            opener.address(),
                            "m" + way + "/x",
                            near.address(),
                            "n" + way + "/x",
                            qos,
                            ProtocolVersion.V5);
                    Ends.check(
                            near.address(),
                            "n" + way + "/y",
                            opener.address(),
                            "m" + way + "/y",
                            qos,
                            ProtocolVersion.V5);
                }
            }
        }
    }

    @Test
    void theConfigurationOfLuciRuns() throws Exception {
        // As LuCI makes it, but for host, credentials and ports.
        String configuration =
                """
                # mosquitto.conf file generated from UCI config.
                log_dest syslog
                port {port}

                listener {port:second}
                protocol mqtt


                # Bridge connection from UCI section
                connection mqtt.subutux.be
                address localhost:TLS
                notifications true
                remote_password long-password-here
                remote_username username
                start_type automatic
                topic # out 2
                try_private true
                bridge_capath {dir}/certs # This one is important
                """
                        .replace("TLS", "" + far.port("tls"));
        try (BrokerProcess router = BrokerProcess.prepare(BrokerKind.CULEX)) {
            Path certs = Files.createDirectory(router.folder().resolve("certs"));
            Files.copy(near.folder().resolve("ca.pem"), certs.resolve("ca.pem"));
            router.configure(configuration);
            router.run(
                    Map.of("CULEX_USER", "root"), "-c", router.configuration().toString());
            router.awaitReady();
            assertTrue(router.isRunning());
            Ends.awaitRetained(
                    far.address(), "$SYS/broker/connection/" + readHostname() + ".mqtt.subutux.be/state", "1");
            assertFalse(far.log().contains("malformed"));
            assertEquals(0, far.logged("mqtt.subutux.be disconnected"));
        }
    }
}
