// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.karaf;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.culex.testkit.Await;
import io.culex.testkit.Publish;
import io.culex.testkit.WireClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.Test;

/** Plugins exchanged, installed and removed from the console while clients are connected. */
public final class PluginCommandsTest {
    private final ConsoleHouse house = ConsoleHouse.shared();
    private final Ssh ssh = house.ssh;

    private static void assertHas(String text, String part) {
        assertTrue("\"" + part + "\" in\n" + text, text.contains(part));
    }

    private Path jar(String bundle) throws IOException {
        try (Stream<Path> files =
                Files.walk(house.home.resolve("system/io/culex").resolve(bundle))) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    public void theBaseSetChangesOnlyWithARestart() throws Exception {
        for (String bundle : new String[] {"io.culex.api", "io.culex.core", "io.netty.common", "bcprov"}) {
            assertHas(ssh.refused("mqtt:plugin-update " + bundle), bundle + " changes only with a restart");
        }
        assertHas(ssh.refused("mqtt:plugin-remove acl_file"), "was not brought by plugin-install");
    }

    /** No exchange, but no end either: clients come back, and whatever has come back in whatever order lets them in. */
    @Test
    public void whenTheBaseSetIsRestartedTheDoorOpensAgain() throws Exception {
        for (String bundle : new String[] {"transport", "core", "transport", "codec", "transport"}) {
            ssh.expect("bundle:restart io.culex." + bundle);
            Await.until("the door is open after " + bundle, this::letsClientsIn);
        }
        Await.until("the commands", () -> house.hasCommands());
    }

    private boolean letsClientsIn() {
        try (WireClient client = house.connect("again")) {
            return (client.publish("again", "x", 1) & 0x80) == 0;
        } catch (AssertionError e) {
            return false;
        }
    }

    @Test
    public void aPluginIsExchangedUnderAClientThatPublishes() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger published = new AtomicInteger();
        try (WireClient client = house.connect("publisher-under-exchange")) {
            Thread publisher = new Thread(() -> {
                while (!stop.get()) {
                    assertEquals(0, client.publish("exchange/topic", "x", 1) & 0x80);
                    published.incrementAndGet();
                }
            });
            publisher.start();
            try {
                Await.until("the first message", () -> published.get() > 0);
                assertHas(ssh.expect("mqtt:plugins --plain"), "acl_file\tin use\tAuthorizer\tio.culex.auth.aclfile");
                assertHas(
                        ssh.expect("mqtt:plugin-swap acl_file " + jar("auth.aclfile")),
                        "while it went on serving acl_file");
                int afterSwap = published.get();
                Await.until("messages after the swap", () -> published.get() > afterSwap);
                assertHas(ssh.expect("mqtt:plugin-update acl_file"), "was updated to");
                int afterUpdate = published.get();
                Await.until(
                        Duration.ofSeconds(20), () -> "messages after the update", () -> published.get() > afterUpdate);
            } finally {
                stop.set(true);
                publisher.join();
            }
        }
    }

    @Test
    public void eventsGoBothWaysAndTheGatewayLeavesNothing() throws Exception {
        String before = ssh.expect("bundle:list -t 0 -s");
        Path alarm = Path.of(System.getProperty("culex.example.events"));
        try (WireClient client = house.connect("sensor")) {
            ssh.expect("mqtt:plugin-install culex-gateway-eventadmin; mqtt:plugin-install " + alarm);
            house.broker.configure(house.configuration
                    + "global_plugin culex-gateway-eventadmin\n"
                    + "plugin_opt_mqtt_to_events sensors/+/temperature\n"
                    + "plugin_opt_events_to_mqtt building/*\n");
            ssh.expect("mqtt:reload");
            client.subscribe("events/building/#", 1);
            house.broker.awaitLog("Gateway culex-gateway-eventadmin to EventAdmin is open.");
            Await.until("the subscription of the gateway", () -> {
                client.publish("sensors/kitchen/temperature", "31.5", 1);
                return client.receiveWithin(Duration.ofMillis(500))
                        .map(packet -> client.acknowledge((Publish) packet).text())
                        .filter("31.5"::equals)
                        .isPresent();
            });
            house.broker.configure(house.configuration);
            ssh.expect("mqtt:reload");
            ssh.expect("mqtt:plugin-remove culex-gateway-eventadmin; mqtt:plugin-remove io.culex.example.events");
            assertEquals(0, client.publish("still/there", "x", 1) & 0x80);
        }
        assertEquals(numbersAside(before), numbersAside(ssh.expect("bundle:list -t 0 -s")));
    }

    private static String numbersAside(String list) {
        return list.replaceAll("(?m)^\\s*\\d+ ", "").replaceAll("[ \\t]+", " ");
    }
}
