// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.ctrl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.testkit.BrokerKind;
import io.culex.testkit.BrokerProcess;
import io.culex.testkit.pki.Authority;
import io.culex.testkit.pki.Issued;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code culex_ctrl} with Culex: every kind of door, and what only Culex has. */
class CtrlWithCulexTest {
    private static final String KEY = "0123456789abcdef";
    private static BrokerProcess broker;
    private static Ctrl none;

    @BeforeAll
    static void start() throws IOException {
        Assumptions.assumeTrue(hasDynamicSecurity(), "the distribution has no plugin for dynamic security");
        broker = BrokerProcess.prepare(BrokerKind.CULEX);
        Path folder = broker.folder();
        none = new Ctrl(folder);
        none.dynsec("init", folder.resolve("dynamic-security.json").toString(), "boss", "secret")
                .well();
        Authority authority = Authority.root("here");
        Issued.save(folder.resolve("ca.crt"), authority.own().pem());
        authority.server().write(folder, "server");
        Issued.save(folder.resolve("psk"), "device:" + KEY + "\n");
        broker.configure(
                """
                user root
                enable_control_api true
                plugin mosquitto_dynamic_security.so
                plugin_opt_config_file {dir}/dynamic-security.json
                listener {port} 127.0.0.1
                listener 0 {dir}/sock
                listener {port:ws} 127.0.0.1
                protocol websockets
                listener {port:tls} 127.0.0.1
                certfile {dir}/server.crt
                keyfile {dir}/server.key
                listener {port:psk} 127.0.0.1
                psk_file {dir}/psk
                psk_hint hint
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

    private static boolean hasDynamicSecurity() throws IOException {
        Path folder = BrokerKind.assembly().resolve("system/io/culex/auth.dynsec");
        if (BrokerKind.selected() != BrokerKind.CULEX || !Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path jar :
                    files.filter(file -> file.toString().endsWith(".jar")).toList()) {
                try (JarFile open = new JarFile(jar.toFile())) {
                    return open.stream().anyMatch(entry -> entry.getName().startsWith("OSGI-INF/io.culex"));
                }
            }
        }
        return false;
    }

    private static Ctrl boss(String... server) {
        return none.with(Stream.concat(Stream.of("-u", "boss", "-P", "secret"), Stream.of(server))
                .toArray(String[]::new));
    }

    private static Ctrl tcp() {
        return boss("-h", "127.0.0.1", "-p", "" + broker.port("main"));
    }

    @Test
    void comesInThroughEveryDoor() {
        String ca = broker.folder().resolve("ca.crt").toString();
        for (Ctrl ctrl : List.of(
                boss("--unix", broker.folder().resolve("sock").toString()),
                boss("-L", "ws://127.0.0.1:" + broker.port("ws")),
                boss("-h", "localhost", "-p", "" + broker.port("tls"), "--cafile", ca),
                boss("-h", "127.0.0.1", "-p", "" + broker.port("psk"), "--psk", KEY, "--psk-identity", "device"),
                boss("-h", "127.0.0.1", "-p", "" + broker.port("main"), "-V", "311"),
                boss("-h", "127.0.0.1", "-p", "" + broker.port("main"), "-V", "31"),
                boss("-h", "127.0.0.1", "-p", "" + broker.port("main"), "-q", "2"))) {
            assertEquals("admin\n", ctrl.dynsec("listRoles", "1").well().out());
        }
    }

    @Test
    void asksWhatOnlyCulexKnows() {
        Ctrl boss = tcp();
        boss.dynsec("createRole", "r", "--acl", "publishClientSend", "a/#", "allow", "7")
                .well();
        boss.dynsec("createGroup", "g", "--role", "r:3").well();
        boss.dynsec("createClient", "bob", "-p", "x", "--group", "g:2").well();
        boss.dynsec("modifyGroup", "g", "--textname", "Name").well();

        assertEquals(
                """
                Username:    bob
                Clientid:
                Groups:      g (priority: 2)
                """,
                boss.dynsec("getClient", "bob").well().out());
        assertEquals(
                "Username:    boss\nClientid:\nRoles:       admin (priority: -1)\nConnections: 127.0.0.1\n",
                boss.dynsec("getClient", "boss").well().out());
        assertTrue(boss.dynsec("getDetails")
                .well()
                .out()
                .startsWith("Clients:      2\nGroups:       1\nRoles:        2\n"));
        assertEquals(
                """
                Access: allow
                By:     acl
                Group:  g
                Role:   r
                ACL:    publishClientSend    : allow : a/# (priority: 7)
                """,
                boss.dynsec("explain", "publishClientSend", "a/b", "-u", "bob")
                        .well()
                        .out());
        boss.dynsec("getClient", "nobody").badly(4, "getClient: Error: Client not found.");
    }

    @Test
    void asksTheBrokerItself() {
        Ctrl boss = tcp();
        assertEquals(12, boss.any("broker", "listListeners").status(), "the administrator of clients may not");
        boss.dynsec("createRole", "broker-admin").well();
        boss.dynsec("addRoleACL", "broker-admin", "publishClientSend", "$CONTROL/broker/#", "allow")
                .well();
        boss.dynsec("addRoleACL", "broker-admin", "subscribePattern", "$CONTROL/broker/#", "allow")
                .well();
        boss.dynsec("createClient", "chief", "-p", "x", "--role", "broker-admin", "--role", "admin")
                .well();
        Ctrl chief = none.with("-h", "127.0.0.1", "-p", "" + broker.port("main"), "-u", "chief", "-P", "x");

        String listeners = chief.any("broker", "listListeners").well().out();
        assertTrue(
                listeners.contains("  Port:              " + broker.port("main") + "\n  Protocol:          mqtt\n"),
                listeners);
        assertTrue(listeners.contains("  Socket path:       " + broker.folder().resolve("sock") + "\n"), listeners);
        String plugins = chief.any("broker", "listPlugins").well().out();
        assertTrue(plugins.contains("$CONTROL/dynamic-security/v1\n"), plugins);
    }

    @Test
    void showsTheReasonOfARefusal() {
        tcp().dynsec("createClient", "eve", "-p", "x").well();
        none.with("-h", "127.0.0.1", "-p", "" + broker.port("main"), "-u", "boss", "-P", "wrong")
                .dynsec("listRoles")
                .badly(5, "Connection error: Not authorized");
        Ctrl eve = none.with("-h", "127.0.0.1", "-p", "" + broker.port("main"), "-u", "eve", "-P", "x");
        assertEquals(12, eve.dynsec("listRoles").status());
    }
}
