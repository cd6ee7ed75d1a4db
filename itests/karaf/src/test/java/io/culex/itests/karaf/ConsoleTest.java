// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.karaf;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.culex.testkit.Connect;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.WireClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.Test;

/** The commands of scope {@code mqtt}, by SSH and by Karaf's client. */
public final class ConsoleTest {
    private final ConsoleHouse house = ConsoleHouse.shared();
    private final Ssh ssh = house.ssh;

    private static void assertHas(String text, String... parts) {
        for (String part : parts) {
            assertTrue("\"" + part + "\" in\n" + text, text.contains(part));
        }
    }

    @Test
    public void whatIsThereIsShown() throws Exception {
        try (WireClient client = house.connect("shown-client")) {
            client.subscribe("shown/+/a", 1);
            client.publish("shown/topic", "x", 1);
            assertHas(ssh.expect("mqtt:info"), "state", "running", "0.1.0", "features refresh bundles", "no");
            assertHas(
                    ssh.expect("mqtt:listeners --json"),
                    "\"gate\": \"open\"",
                    "127.0.0.1:" + house.broker.port("main"));
            assertHas(
                    ssh.expect(
                            "mqtt:clients --filter shown-* --sort since --plain; mqtt:sessions --json --filter shown-client"),
                    "shown-client\t\t127.0.0.1:",
                    "\"connected\": true");
            assertHas(ssh.expect("mqtt:client shown-client"), "protocol", "5.0", "shown/+/a", "subscriptions (1)");
            assertHas(
                    ssh.expect("mqtt:subscriptions --matching shown/x/a --plain; mqtt:topics --plain; mqtt:tree"),
                    "shown/+/a\tshown-client\t1",
                    "shown/topic\t1\tshown-client",
                    "(shown-client, 1)");
            assertHas(
                    ssh.expect("mqtt:metrics --filter clients_online; mqtt:top --count 1 --interval 1s"),
                    "clients_online",
                    "publish received per second");
        }
        assertHas(ssh.refused("mqtt:client nobody-of-that-name"), "there is no client 'nobody-of-that-name'");
        assertHas(ssh.refused("mqtt:clients --sort x"), "there is no column 'x'");
    }

    @Test
    public void whatIsShownGoesOnThroughPipesAndIntoFiles() throws Exception {
        String found = ssh.expect("mqtt:info | grep state");
        assertHas(found, "state", "running");
        assertFalse(found, found.contains("version"));
        Path file = house.broker.folder().resolve("listeners.json");
        assertEquals("", ssh.expect("mqtt:listeners --json > " + file).strip());
        assertHas(Files.readString(file), "\"gate\": \"open\"");
        assertTrue(ssh.expect("mqtt:store-info | grep sessions").strip().contains("sessions"));
    }

    @Test
    public void messagesArePublishedRetainedAndPurged() throws Exception {
        assertHas(
                ssh.expect(
                        "mqtt:publish -r -q 1 kept/a 'a text'; mqtt:publish kept/b x; mqtt:retained-list --plain kept/#"),
                "A message of 6 bytes on kept/a was published",
                "kept/a\t6\t1");
        assertHas(ssh.expect("mqtt:retained-get kept/a"), "a text");
        assertHas(ssh.expect("mqtt:retained-purge kept/#"), "1 retained messages of kept/# were removed.");
        assertHas(ssh.refused("mqtt:retained-get kept/a"), "nothing is retained for 'kept/a'");
        assertHas(ssh.refused("mqtt:publish a/#/b x"), "'a/#/b' is no Topic Name");
        assertHas(house.broker.log(), "Audit: karaf, mqtt:retained-purge: 1 retained messages of kept/# were removed.");
    }

    @Test
    public void messagesAndPacketsAreShownAsTheyCome() throws Exception {
        try (WireClient client = house.connect("traced-client")) {
            CompletableFuture<String> messages = ssh.beside("mqtt:subscribe --count 1 --time 60s live/#");
            CompletableFuture<String> packets = ssh.beside("mqtt:trace --count 1 --time 60s traced-client");
            while (!messages.isDone() || !packets.isDone()) {
                client.publish("live/topic", "hidden", 1);
            }
            assertHas(messages.get(10, TimeUnit.SECONDS), "live/topic hidden");
            String traced = packets.get(10, TimeUnit.SECONDS);
            assertHas(traced, "traced-client");
            assertFalse(traced, traced.contains("hidden"));
        }
        assertHas(
                house.broker.log(),
                "Audit: karaf, mqtt:trace: client traced-client, every packet, without payload, for 1m.");
    }

    @Test
    public void clientsAreKickedBannedAndLetInAgain() throws Exception {
        try (WireClient client = house.connect("bad-client")) {
            assertHas(ssh.expect("mqtt:kick bad-client"), "Client bad-client was disconnected.");
            assertEquals(0x98, client.expectEnd());
        }
        assertHas(ssh.refused("mqtt:kick bad-client"), "Client bad-client is not connected.");
        assertHas(
                ssh.expect("mqtt:ban --for 1h --reason 'too loud' bad-client; mqtt:bans --plain"),
                "Client bad-client is banned for 1h (too loud)",
                "id\tbad-client");
        try (WireClient again = WireClient.open(house.broker.address(), ProtocolVersion.V5)) {
            again.send(Connect.as("bad-client"));
            assertEquals(0x8A, again.expectEnd());
        }
        ssh.expect("mqtt:unban bad-client");
        house.connect("bad-client").close();
        assertHas(ssh.refused("mqtt:unban bad-client"), "Client bad-client is not banned.");
        assertHas(ssh.refused("mqtt:ban --address nowhere"), "'nowhere' is neither an address");
        assertHas(house.broker.log(), "Audit: karaf, mqtt:ban: Client bad-client is banned");
    }

    @Test
    public void theConfigurationIsShownCheckedTakenAndPutBack() throws Exception {
        try (WireClient client = house.connect("stays")) {
            house.broker.configure(house.configuration + "max_keepalive 1000\n");
            assertHas(ssh.expect("mqtt:config-check; mqtt:reload"), "Configuration file is OK.", "Config loaded.");
            assertHas(ssh.expect("mqtt:config-show"), "max_keepalive 1000", "listener ");
            assertHas(ssh.expect("mqtt:rollback"), "from before is in force");
            String shown = ssh.expect("mqtt:config-show --defaults");
            assertHas(shown, "# max_keepalive 0");
            house.broker.configure(house.configuration + "nonsense 1\n");
            assertHas(ssh.refused("mqtt:config-check"), "Unknown configuration variable 'nonsense'");
            assertHas(ssh.refused("mqtt:reload"), "Unknown configuration variable 'nonsense'");
            house.broker.configure(house.configuration);
            ssh.expect("mqtt:reload");
            assertEquals(0, client.publish("still/there", "x", 1) & 0x80);
        }
    }

    @Test
    public void theTabKeyCompletesClientsTopicsAndOperations() throws Exception {
        try (WireClient client = house.connect("completed-client");
                Typing terminal = ssh.typing()) {
            client.publish("completed-topic/of/it", "x", 1);
            terminal.awaitDrawn("karaf@culex()> ");
            terminal.type("mqtt:client compl\t");
            terminal.awaitDrawn("completed-client ");
            terminal.type("\r");
            terminal.awaitDrawn("protocol");
            terminal.awaitDrawn("karaf@culex()> ");
            terminal.type("mqtt:publish completed-t\t");
            terminal.awaitDrawn("completed-topic/of/it ");
            terminal.type("text\r");
            terminal.awaitDrawn("A message of 4 bytes on completed-topic/of/it was published");
            terminal.awaitDrawn("karaf@culex()> ");
            terminal.type("mqtt:store-back\tfol\t/nowhere");
            terminal.awaitDrawn("mqtt:store-backup folder=/nowhere");
        }
    }

    @Test
    public void operationsOfPluginsAreCommands() throws Exception {
        Path copy = house.broker.folder().resolve("copy");
        assertHas(
                ssh.expect("mqtt:store-info; mqtt:store-backup --help"),
                "sessions: ",
                "usage: mqtt:store-backup folder");
        assertHas(ssh.refused("mqtt:store-backup"), "folder is missing; usage: mqtt:store-backup folder");
        assertHas(ssh.expect("mqtt:store-backup folder=" + copy), "The store was copied to " + copy);
        assertTrue(Files.isDirectory(copy));
        assertHas(house.broker.log(), "Audit: karaf, mqtt:store-backup folder=" + copy + ": done.");
    }

    @Test
    public void whoMayOnlyLookChangesNothing() throws Exception {
        Outcome looking =
                ssh.run("viewer", "mqtt:listeners --plain; mqtt:info; mqtt:plugins; mqtt:clients; mqtt:sessions");
        assertEquals(looking.text(), 0, looking.exit());
        looking = ssh.run(
                "viewer", "mqtt:topics; mqtt:tree; mqtt:bans; mqtt:metrics; mqtt:config-check; mqtt:store-info");
        assertEquals(looking.text(), 0, looking.exit());
        try (WireClient client = house.connect("left-alone")) {
            for (String command : new String[] {
                "mqtt:kick left-alone",
                "mqtt:ban left-alone",
                "mqtt:reload",
                "mqtt:config-show",
                "mqtt:subscribe --count 1 --time 1s x",
                "mqtt:store-backup /nowhere",
                "mqtt:plugin-remove io.culex.auth.aclfile"
            }) {
                Outcome refused = ssh.run("viewer", command);
                assertFalse(command + "\n" + refused.text(), refused.exit() == 0);
            }
            assertEquals(0, client.publish("still/there", "x", 1) & 0x80);
        }
    }

    @Test
    public void karafsOwnClientRunsABatch() throws Exception {
        Path batch = Files.writeString(house.broker.folder().resolve("batch"), "mqtt:listeners --plain\n");
        ProcessBuilder client = new ProcessBuilder(
                "sh",
                "-c",
                house.home.resolve("bin/client") + " -a " + house.broker.port("console") + " -u karaf -k " + ssh.key()
                        + " -b < " + batch);
        Outcome outcome = Outcome.of(client);
        assertHas(outcome.text(), "mqtt\t127.0.0.1:" + house.broker.port("main"));
        assertEquals(outcome.text(), 0, outcome.exit());
    }
}
