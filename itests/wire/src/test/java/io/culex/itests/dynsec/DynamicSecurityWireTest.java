// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.dynsec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.testkit.Await;
import io.culex.testkit.BrokerKind;
import io.culex.testkit.Connect;
import io.culex.testkit.PropertyId;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.Publish;
import io.culex.testkit.Will;
import io.culex.testkit.WireClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Dynamic security in a whole broker: who is disconnected, who hears an answer, several administrators, reloads. */
@Timeout(180)
class DynamicSecurityWireTest {
    private static final String TOPIC = "$CONTROL/dynamic-security/v1";

    private Ctrl ctrl;

    @BeforeEach
    void assume() {
        Assumptions.assumeTrue(BrokerKind.selected() == BrokerKind.CULEX, "for Culex alone");
    }

    @AfterEach
    void end() {
        if (ctrl != null) {
            ctrl.close();
        }
    }

    private WireClient connect(String clientId, String username, String password) {
        return connect(Connect.as(clientId).user(username).password(password));
    }

    private WireClient connect(Connect connect) {
        WireClient client = WireClient.open(ctrl.broker().address(), ProtocolVersion.V5);
        client.connect(connect);
        return client;
    }

    private static String body(String command) {
        return "{\"commands\":[{\"command\":" + command + "}]}";
    }

    @Test
    void whoIsMeantIsDisconnectedWithoutAWillAndTheOthersStay() {
        ctrl = Ctrl.start(BrokerKind.CULEX);
        ctrl.run("createRole talk");
        ctrl.run("addRoleACL talk publishClientSend talk/# allow");
        ctrl.run("createClient bob -p pw");
        ctrl.run("createClient eve -p pw");
        ctrl.run("addClientRole bob talk");
        ctrl.run("addClientRole eve talk");
        try (WireClient admin = connect("watch", "admin", Ctrl.PASSWORD);
                WireClient bob =
                        connect(Connect.as("bob").user("bob").password("pw").will(Will.to("talk/will", "gone", 1)));
                WireClient eve = connect("eve", "eve", "pw")) {
            admin.subscribe("talk/#", 0);
            assertEquals(0, bob.publish("talk/1", "1", 1));
            admin.expectPublish("1");
            ctrl.run("disableClient bob");
            bob.expectEnd(0x98);
            assertEquals(0, eve.publish("talk/2", "2", 1));
            admin.expectPublish("2");
            ctrl.run("removeClientRole eve talk");
            eve.expectEnd(0x98);
            admin.expectNothing();
        }
    }

    @Test
    void withRecheckWhoMayLessStaysConnected() {
        ctrl = Ctrl.start(BrokerKind.CULEX, "plugin_opt_on_change recheck");
        ctrl.run("createRole talk");
        ctrl.run("addRoleACL talk publishClientSend talk/# allow");
        ctrl.run("createClient bob -p pw");
        ctrl.run("addClientRole bob talk");
        try (WireClient bob = connect("bob", "bob", "pw")) {
            assertEquals(0x10, bob.publish("talk/1", "1", 1));
            ctrl.run("removeRoleACL talk publishClientSend talk/#");
            assertEquals(0x87, bob.publish("talk/1", "1", 1));
            ctrl.run("setClientPassword bob other");
            bob.expectEnd(0x98);
        }
    }

    @Test
    void anAnswerGoesToTheResponseTopicOfWhoAsks() {
        ctrl = Ctrl.start(BrokerKind.CULEX);
        try (WireClient one = connect("one", "admin", Ctrl.PASSWORD);
                WireClient other = connect("other", "admin", Ctrl.PASSWORD)) {
            other.subscribe(TOPIC + "/response", 0);
            one.send(Publish.to(TOPIC, body("\"getAnonymousGroup\",\"correlationData\":\"c\""))
                    .with(PropertyId.RESPONSE_TOPIC, "answers/one")
                    .with(PropertyId.CORRELATION_DATA, new byte[] {1, 2}));
            Publish answer = one.expectPublish(
                    "{\"responses\":[{\"command\":\"getAnonymousGroup\",\"data\":{\"group\":{\"groupname\":\"\"}},"
                            + "\"correlationData\":\"c\"}]}");
            assertEquals("answers/one", answer.topic());
            assertEquals(
                    2, answer.properties().binary(PropertyId.CORRELATION_DATA).orElseThrow().length);
            one.publish(TOPIC, body("\"getAnonymousGroup\""), 1);
            assertEquals(TOPIC + "/response", other.expectPublish().topic());
            other.expectNothing();
        }
    }

    @Test
    void theBrokerSaysWhyAndWhatItHas() {
        ctrl = Ctrl.start(BrokerKind.CULEX, "enable_control_api true");
        String grant = body("\"addRoleACL\",\"rolename\":\"admin\",\"acltype\":\"publishClientSend\","
                + "\"topic\":\"$CONTROL/broker/#\",\"allow\":true");
        try (WireClient admin = connect("one", "admin", Ctrl.PASSWORD)) {
            admin.publish(TOPIC, grant, 1);
            admin.expectEnd(0x98);
        }
        try (WireClient admin = connect("one", "admin", Ctrl.PASSWORD)) {
            admin.send(Publish.to("$CONTROL/broker/v1", body("\"listPlugins\"")).with(PropertyId.RESPONSE_TOPIC, "a"));
            assertEquals(
                    "{\"responses\":[{\"command\":\"listPlugins\",\"data\":{\"plugins\":[{\"name\":\"dynamic-security\","
                            + "\"control-endpoints\":[\"$CONTROL/dynamic-security/v1\"]}]}}]}",
                    admin.expectPublish().text());
            admin.send(
                    Publish.to("$CONTROL/broker/v1", body("\"listListeners\"")).with(PropertyId.RESPONSE_TOPIC, "a"));
            assertEquals(
                    "{\"responses\":[{\"command\":\"listListeners\",\"data\":{\"listeners\":[{\"port\":"
                            + ctrl.broker().address().getPort()
                            + ",\"protocol\":\"mqtt\",\"bind-address\":\"127.0.0.1\",\"tls\":false}]}}]}",
                    admin.expectPublish().text());
            admin.send(Publish.to(
                            TOPIC,
                            body("\"explain\",\"username\":\"admin\",\"acltype\":\"subscribe\",\"topic\":\"$SYS/#\""))
                    .with(PropertyId.RESPONSE_TOPIC, "a"));
            String text = admin.expectPublish().text();
            assertTrue(text.contains("\"allow\":true,\"by\":\"acl\",\"rolename\":\"admin\""), text);
        }
    }

    @Test
    void severalAdministratorsAtOnceLoseNothing() throws Exception {
        ctrl = Ctrl.start(BrokerKind.CULEX);
        List<CompletableFuture<Void>> administrators = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int number = i;
            administrators.add(CompletableFuture.runAsync(() -> {
                for (int j = 0; j < 5; j++) {
                    ctrl.run("createRole role-" + number + "-" + j);
                }
            }));
        }
        for (CompletableFuture<Void> administrator : administrators) {
            administrator.get(120, TimeUnit.SECONDS);
        }
        // The tool ends with the first answer on the topic that all of them share, which may be the answer to another's
        // command.
        Await.until(
                Duration.ofSeconds(60),
                () -> "all roles in\n" + read(ctrl.file()),
                () -> ctrl.run("listRoles")
                                .lines()
                                .filter(line -> line.startsWith("role-"))
                                .count()
                        == 20);
        assertTrue(read(ctrl.file()).contains("\"changeIndex\": 20,"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void reload() {
        int taken = ctrl.broker().logged("Config loaded from");
        int refused = ctrl.broker().logged("Nothing was changed");
        ctrl.broker().signal("HUP");
        Await.until(
                Duration.ofSeconds(40),
                () -> "the reload\n" + ctrl.broker().log(),
                () -> ctrl.broker().logged("Config loaded from") > taken
                        || ctrl.broker().logged("Nothing was changed") > refused);
    }

    @Test
    void aReloadThatMakesThePluginAnewLosesNothingAndKeepsClients() {
        ctrl = Ctrl.start(BrokerKind.CULEX);
        ctrl.run("createClient bob -p pw");
        try (WireClient bob = connect("bob", "bob", "pw")) {
            ctrl.run("createRole before");
            ctrl.configure("plugin_opt_history 2");
            reload();
            ctrl.run("createRole after");
            ctrl.configure("plugin_opt_history nonsense");
            reload();
            ctrl.run("createRole refused");
            String roles = ctrl.run("listRoles");
            assertTrue(roles.contains("before\n") && roles.contains("after\n") && roles.contains("refused"), roles);
            assertEquals(0x87, bob.publish("t", "x", 1));
        }
        String file = read(ctrl.file());
        assertTrue(file.contains("\"before\"") && file.contains("\"after\"") && file.contains("\"refused\""), file);
    }

    @Test
    void withABrokenFileTheBrokerRunsAndNobodyGetsIn() {
        ctrl = Ctrl.start(BrokerKind.CULEX, file -> write(file, "{\"clients\": [{\"username\": }]}"));
        for (String username : new String[] {"admin", "anyone"}) {
            try (WireClient client = WireClient.open(ctrl.broker().address(), ProtocolVersion.V5)) {
                client.send(Connect.as("one").user(username).password(Ctrl.PASSWORD));
                assertEquals(0x87, client.expectConnack().reason());
            }
        }
        try (WireClient client = WireClient.open(ctrl.broker().address(), ProtocolVersion.V5)) {
            client.send(Connect.as("one"));
            assertEquals(0x87, client.expectConnack().reason());
        }
        assertTrue(
                ctrl.broker().logged("cannot be used: It is not valid JSON") > 0,
                ctrl.broker().log());
        assertEquals("{\"clients\": [{\"username\": }]}", read(ctrl.file()));
    }

    @Test
    void aFileThatIsBrokenAtAStartTakesNothingFromWhoIsAway() {
        ctrl = Ctrl.start(BrokerKind.CULEX, "persistence true", "persistence_location {dir}");
        ctrl.run("createRole talk");
        for (String access : List.of("publishClientSend", "publishClientReceive", "subscribePattern")) {
            ctrl.run("addRoleACL talk " + access + " talk/# allow");
        }
        ctrl.run("createClient bob -p pw");
        ctrl.run("addClientRole bob talk");
        Connect bob = Connect.as("bob").user("bob").password("pw").resume().expiry(1000);
        try (WireClient client = connect(bob)) {
            client.subscribe("talk/#", 1);
        }
        assertEquals(0, ctrl.broker().stop());
        String good = read(ctrl.file());
        write(ctrl.file(), "{");
        ctrl.broker().run(Map.of(), "-c", "{dir}/mosquitto.conf");
        ctrl.broker().awaitReady();
        // Who is away is looked at four times a second.
        Await.pass(Duration.ofSeconds(1));
        write(ctrl.file(), good);
        Await.until("the file is taken", this::letsBobIn);
        try (WireClient other = connect("other", "bob", "pw");
                WireClient client = WireClient.open(ctrl.broker().address(), ProtocolVersion.V5)) {
            assertEquals(0, other.publish("talk/1", "1", 1));
            assertTrue(client.connect(bob).sessionPresent());
            client.expectPublish("1");
        }
    }

    private boolean letsBobIn() {
        try (WireClient client = WireClient.open(ctrl.broker().address(), ProtocolVersion.V5)) {
            client.send(Connect.as("try").user("bob").password("pw"));
            return client.expectConnack().reason() == 0;
        }
    }

    @Test
    void withoutAFileOneIsGenerated() {
        ctrl = Ctrl.start(BrokerKind.CULEX, file -> {});
        String[] words = read(ctrl.broker().folder().resolve("dynamic-security.json.pw"))
                .lines()
                .findFirst()
                .orElseThrow()
                .split(" ");
        try (WireClient admin = connect("one", words[0], words[1])) {
            admin.send(Publish.to(TOPIC, body("\"listClients\"")).with(PropertyId.RESPONSE_TOPIC, "a"));
            assertTrue(admin.expectPublish().text().contains("[\"admin\",\"democlient\"]"));
        }
        assertFalse(read(ctrl.file()).contains(words[1]));
    }
}
