// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.ctrl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.testkit.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every option of {@code culex_ctrl} that is about the connection, with Debian's broker. */
class CtrlConnectionTest {
    private static Mosquitto mosquitto;

    @BeforeAll
    static void start() {
        mosquitto = Mosquitto.start();
        mosquitto.boss().dynsec("createClient", "eve", "-p", "x").well();
    }

    @AfterAll
    static void end() {
        mosquitto.close();
    }

    /** As the administrator, with these options. */
    private static Ctrl boss(String... options) {
        List<String> all = new ArrayList<>(List.of("-u", "boss", "-P", Mosquitto.PASSWORD));
        all.addAll(List.of(options));
        return mosquitto.boss().with(all.toArray(String[]::new));
    }

    private static Ctrl tcp(String... options) {
        return with(boss("-h", "127.0.0.1", "-p", mosquitto.port("main")), options);
    }

    private static Ctrl with(Ctrl ctrl, String... options) {
        List<String> all = new ArrayList<>(ctrl.options());
        all.addAll(List.of(options));
        return ctrl.with(all.toArray(String[]::new));
    }

    private static void assertComesIn(Ctrl ctrl) {
        assertEquals("boss\neve\n", ctrl.dynsec("listClients").well().out());
    }

    @Test
    void speaksEveryVersionAtEveryQos() {
        for (String version : List.of("31", "311", "5", "mqttv31", "mqttv311", "mqttv5")) {
            assertComesIn(tcp("-V", version, "-i", "as" + version));
        }
        mosquitto.broker().awaitLog(" as as31 (p1, c1, k60, u'boss')");
        mosquitto.broker().awaitLog(" as as311 (p2, c1, k60, u'boss')");
        mosquitto.broker().awaitLog(" as as5 (p5, c1, k60, u'boss')");
        for (String qos : List.of("0", "1", "2")) {
            Ctrl.Result result = tcp("-q", qos, "-d").dynsec("listClients").well();
            assertTrue(result.err().contains("Sending PUBLISH (q" + qos), result::toString);
            assertTrue(result.err().contains("Received SUBACK (" + qos + ")"), result::toString);
            assertFalse(result.err().contains(Mosquitto.PASSWORD), result::toString);
        }
    }

    @Test
    void takesAUrl() {
        String person = "boss:" + Mosquitto.PASSWORD + "@";
        Ctrl ctrl = mosquitto.boss();
        assertComesIn(ctrl.with("-L", "mqtt://" + person + "127.0.0.1:" + mosquitto.port("main")));
        assertComesIn(ctrl.with("--url", "ws://" + person + "127.0.0.1:" + mosquitto.port("ws") + "/mqtt"));
        assertComesIn(ctrl.with(
                "-L",
                "mqtts://" + person + "localhost:" + mosquitto.port("tls"),
                "--cafile",
                mosquitto.path("ca.crt")));
    }

    @Test
    void connectsByAUnixSocket() {
        Ctrl.Result result =
                boss("--unix", mosquitto.path("sock")).dynsec("listClients").well();
        assertEquals("", result.err(), "nobody can read along");
    }

    @Test
    void connectsFromTheAddressThatItIsTold() {
        assertComesIn(tcp("-A", "127.0.0.9"));
        mosquitto.broker().awaitLog("New connection from 127.0.0.9:");
    }

    @Test
    void switchesNaglesAlgorithmOffWhenItIsTold() throws IOException {
        Path calls = Files.createTempFile("calls", ".txt");
        Ctrl ctrl = tcp();
        Ctrl.Result possible = ctrl.run("", List.of("strace", "-o", calls.toString(), "true"));
        Assumptions.assumeTrue(possible.status() == 0, "strace may not trace here");
        for (boolean noDelay : new boolean[] {true, false}) {
            List<String> command = new ArrayList<>(
                    List.of("strace", "-f", "-e", "trace=setsockopt", "-o", calls.toString(), Ctrl.program()));
            command.addAll(ctrl.options());
            if (noDelay) {
                command.add("--nodelay");
            }
            command.addAll(List.of("dynsec", "listClients"));
            ctrl.run("", command).well();
            assertEquals(noDelay, Files.readString(calls).contains("TCP_NODELAY, [1]"), Files.readString(calls));
        }
        Files.delete(calls);
    }

    @Test
    void believesAnAuthority() {
        String[] server = {"-h", "localhost", "-p", mosquitto.port("tls")};
        Ctrl tls = boss(server);
        Ctrl.Result result = with(tls, "--cafile", mosquitto.path("ca.crt"))
                .dynsec("listClients")
                .well();
        assertEquals("", result.err(), "no warning");
        assertComesIn(with(tls, "--capath", mosquitto.path("")));
        assertComesIn(with(tls, "--tls-use-os-certs").in("SSL_CERT_FILE", mosquitto.path("ca.crt")));
        for (String version : List.of("tlsv1.1", "tlsv1.2", "tlsv1.3")) {
            assertComesIn(with(tls, "--cafile", mosquitto.path("ca.crt"), "--tls-version", version));
        }
        assertComesIn(with(tls, "--cafile", mosquitto.path("ca.crt"), "--tls-alpn", "mqtt", "--ciphers", "HIGH"));

        assertEquals(
                8,
                with(tls, "--cafile", mosquitto.path("other"))
                        .dynsec("listClients")
                        .status());
        with(tls, "--tls-use-os-certs")
                .dynsec("listClients")
                .badly(
                        8,
                        "Error: TLS handshake with localhost:" + mosquitto.port("tls")
                                + ": unable to find valid certification path to requested target.");
        with(tls, "--cafile", mosquitto.path("ca.crt"), "--ciphers", "nonsense")
                .dynsec("listClients")
                .badly(8, "Error: Unable to set TLS ciphers. Check cipher list \"nonsense\".");
    }

    @Test
    void checksTheNameOfTheServerUnlessItIsToldNotTo() {
        try (SocksProxy proxy = new SocksProxy(false)) {
            Ctrl elsewhere = boss(
                    "-h",
                    "broker.invalid",
                    "-p",
                    mosquitto.port("tls"),
                    "--cafile",
                    mosquitto.path("ca.crt"),
                    "--proxy",
                    "socks5h://" + proxy.address());
            Ctrl.Result refused = elsewhere.dynsec("listClients");
            assertEquals(8, refused.status(), refused::toString);
            assertTrue(refused.err().contains("broker.invalid"), refused::toString);
            assertComesIn(with(elsewhere, "--insecure"));
            assertEquals(
                    8,
                    with(elsewhere, "--insecure", "--cafile", mosquitto.path("other"))
                            .dynsec("listClients")
                            .status());
        }
    }

    @Test
    void showsItsCertificate() {
        Ctrl mutual = boss("-h", "localhost", "-p", mosquitto.port("mutual"), "--cafile", mosquitto.path("ca.crt"));
        String cert = mosquitto.path("bob.crt");
        String key = mosquitto.path("bob.key");
        assertComesIn(with(mutual, "--cert", cert, "--key", key, "--keyform", "pem"));
        assertComesIn(with(mutual, "--certfile", cert, "--keyfile", key));
        assertEquals(8, mutual.dynsec("listClients").status());

        Ctrl locked = with(mutual, "--cert", cert, "--key", mosquitto.path("locked.key"));
        locked.run(
                        "",
                        List.of(
                                "openssl",
                                "pkcs8",
                                "-topk8",
                                "-in",
                                key,
                                "-passout",
                                "pass:open",
                                "-out",
                                mosquitto.path("locked.key")))
                .well();
        assertEquals(
                "boss\neve\n",
                locked.dynsecReading("open\n", "listClients").well().out());
        locked.dynsecReading("shut\n", "listClients")
                .badly(
                        8,
                        "Error: Unable to load client key file \"" + mosquitto.path("locked.key")
                                + "\". The password of the key is wrong.");
    }

    @Test
    void knowsASharedKey() {
        Ctrl psk = boss("-h", "127.0.0.1", "-p", mosquitto.port("psk"), "--psk-identity", "device");
        Ctrl.Result result =
                with(psk, "--psk", Mosquitto.KEY).dynsec("listClients").well();
        assertEquals("", result.err(), "no warning");
        assertComesIn(with(psk, "--psk", Mosquitto.KEY, "--ciphers", "PSK-AES128-CBC-SHA256", "-V", "311"));
        assertEquals(8, with(psk, "--psk", "ffff").dynsec("listClients").status());
    }

    @Test
    void goesThroughAProxyThatKnowsTheName() {
        try (SocksProxy proxy = new SocksProxy(false);
                SocksProxy strict = new SocksProxy(true)) {
            Ctrl far = boss("-h", "broker.invalid", "-p", mosquitto.port("main"));
            assertComesIn(with(far, "--proxy", "socks5h://" + proxy.address()));
            assertEquals(List.of("broker.invalid"), proxy.asked());
            assertComesIn(with(far, "--proxy", "socks5h://us%3Aer:p%40ss@" + strict.address()));
            with(far, "--proxy", "socks5h://us%3Aer:wrong@" + strict.address())
                    .dynsec("listClients")
                    .badly(16, "Error: Proxy " + strict.address() + ": the proxy refuses the username or password.");
            int nobody = Ports.free();
            boss("-h", "x", "-p", "" + nobody, "--proxy", "socks5h://" + proxy.address())
                    .dynsec("listClients")
                    .badly(16, "Error: Proxy " + proxy.address() + ": the proxy says: Connection refused.");
            with(far, "--proxy", "socks5h://127.0.0.1:" + nobody)
                    .dynsec("listClients")
                    .badly(16, "Error: Unable to connect to 127.0.0.1:" + nobody + ": Connection refused.");
        }
    }

    @Test
    void readsOptionsFromAFile() throws IOException {
        Path folder = Files.createDirectories(Path.of(mosquitto.path("etc")));
        String text = "-u boss\n-P " + Mosquitto.PASSWORD + "\n-h 127.0.0.1\n-p ";
        Ctrl none = mosquitto.boss().with().in("XDG_CONFIG_HOME", folder.toString());
        Files.writeString(folder.resolve("mosquitto_ctrl"), text + mosquitto.port("main") + "\n");
        assertComesIn(none);
        Files.writeString(folder.resolve("culex_ctrl"), text + Ports.free() + "\n");
        assertEquals(14, none.dynsec("listClients").status(), "ours is read first");
        assertComesIn(none.with("-p", mosquitto.port("main")));
        assertComesIn(none.with("-o", folder.resolve("mosquitto_ctrl").toString()));

        Path broken = Files.writeString(folder.resolve("broken"), "# options\n--frob\n");
        none.with("-o", broken.toString()).dynsec("listClients").badly(1, "Use 'culex_ctrl --help' to see usage.");
        String err = none.with("-o", broken.toString()).dynsec("listClients").err();
        assertTrue(
                err.startsWith("Error: Unknown option '--frob'. (Line 2 of the options file " + broken + ")\n"), err);
    }

    @Test
    void endsWithAReasonAndItsStatus() throws IOException {
        tcp("-P", "wrong").dynsec("listClients").badly(5, "Connection error: Not authorized");
        tcp("-P", "wrong", "-V", "311")
                .dynsec("listClients")
                .badly(5, "Connection error: Connection Refused: not authorised.");
        tcp("-u", "eve", "-P", "x").dynsec("listClients").badly(12, "Subscribe error: Not authorized");
        tcp().dynsec("frob").badly(13, "Command 'frob' not recognised.");
        tcp().dynsec("deleteRole").badly(3, "Usage: deleteRole <rolename>");
        tcp().any("frob", "x").badly(10, "Error: Module 'frob' not supported.");
        int nobody = Ports.free();
        boss("-h", "127.0.0.1", "-p", "" + nobody)
                .dynsec("listClients")
                .badly(14, "Error: Unable to connect to 127.0.0.1:" + nobody + ": Connection refused.");
        boss("-h", "broker.invalid")
                .dynsec("listClients")
                .badly(15, "Error: Lookup error: there is no address of broker.invalid.");
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            boss("-h", "127.0.0.1", "-p", "" + silent.getLocalPort(), "--timeout", "1")
                    .dynsec("listClients")
                    .badly(28, "Error: Timed out: no answer within 1 s.");
        }
        tcp().any("broker", "listPlugins").badly(12, "Publish error: Not authorized");
    }

    @Test
    void asksForThePasswordThatNobodyGave() {
        Ctrl ctrl = mosquitto.boss().with("-h", "127.0.0.1", "-p", mosquitto.port("main"), "-u", "boss");
        Ctrl.Result result =
                ctrl.dynsecReading(Mosquitto.PASSWORD + "\n", "listClients").well();
        assertEquals("boss\neve\n", result.out());
        assertTrue(result.err().endsWith("Password for boss: \n"), result::toString);
    }
}
