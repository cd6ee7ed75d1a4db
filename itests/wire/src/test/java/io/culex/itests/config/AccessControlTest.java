// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.config;

import static io.culex.testkit.ProtocolVersion.V311;
import static io.culex.testkit.ProtocolVersion.V5;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.testkit.Await;
import io.culex.testkit.BrokerKind;
import io.culex.testkit.BrokerProcess;
import io.culex.testkit.Connect;
import io.culex.testkit.PacketType;
import io.culex.testkit.Publish;
import io.culex.testkit.WireClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Password and ACL files through a whole broker: per listener, and changed by SIGHUP under live clients (SPEC A.3). */
class AccessControlTest {
    /** user1 with {@code secret}, as Mosquitto 2.1 writes it. */
    private static final String USER1 =
            "user1:$7$1000$9YC1Lzxie9QA3RkhKdKslEAHb6TUq278Z9BPJSOq4NgkNVf8o5E2Q0e3k8VavI4Zs"
                    + "BH2LSvxCQANFuhgdCSMbQ==$Espj5mmRMZPJYjMO7c1dJsss5ys2nOG4Lc4YfzmPB00VkVFgdPtbPB7IbbYKgtJBVaScj9Lf+KIM48T/"
                    + "PvOZQg==\n";

    /** old with {@code oldpass}, as Mosquitto 2.0 writes it. */
    private static final String OLD =
            "old:$7$101$J6JDjHchfFz2kubG$MhRLJ7ezmk82+2imnZIS3iYsoOOvbtFWd6UVzPH5xuhln0Wnz7m4yW9"
                    + "Jacpww0eZywwhJeTEeqYNrs/sMUWgEA==\n";

    private static final String FILES =
            """
            user root
            sys_interval 1
            password_file {dir}/passwords
            acl_file {dir}/acl
            listener {port} 127.0.0.1
            """;

    private BrokerProcess broker;

    @BeforeEach
    void prepare() {
        Assume.culex();
        broker = BrokerProcess.prepare(BrokerKind.selected());
        write("passwords", USER1 + OLD);
        write("acl", "user user1\ntopic readwrite a/#\nuser old\ntopic read a/#\n");
    }

    @AfterEach
    void end() {
        if (broker != null) {
            broker.close();
        }
    }

    private void write(String name, String text) {
        try {
            Files.writeString(broker.folder().resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void start(String configuration) {
        broker.configure(configuration);
        broker.run(Map.of(), "-c", "{dir}/mosquitto.conf");
        broker.awaitReady();
    }

    private void reload() {
        int taken = broker.logged("Config loaded from");
        int refused = broker.logged("Nothing was changed");
        broker.signal("HUP");
        awaitReload(taken + refused);
    }

    private void awaitReload(int before) {
        Await.until(
                Duration.ofSeconds(40),
                () -> "the reload\n" + broker.log(),
                () -> broker.logged("Config loaded from") + broker.logged("Nothing was changed") > before);
    }

    private int answer(String listener, Connect connect) {
        return Clients.answer(broker.address(listener), V5, connect).reason();
    }

    private WireClient user1() {
        return Clients.connected(
                broker.address(), V5, Connect.as("one").user("user1").password("secret"));
    }

    private WireClient old() {
        return Clients.connected(
                broker.address(), V5, Connect.as("two").user("old").password("oldpass"));
    }

    private static int publish(WireClient client, String topic) {
        int id = client.nextId();
        client.send(Publish.to(topic, "x").qos(1, id));
        return client.expectAck(PacketType.PUBACK, id).reason();
    }

    @Test
    void whoChangedInThePasswordFileGoesAndOthersStay() {
        start(FILES);
        WireClient one = user1();
        WireClient two = old();
        two.subscribe("a/#", 0);
        reload();
        publish(one, "a/b");
        two.expectPublish("x");

        write("passwords", USER1 + OLD.replace("old:", "other:"));
        reload();
        assertEquals(0x87, two.expectEnd());
        assertEquals(0x10, publish(one, "a/b"));
        assertEquals(0x87, answer("main", Connect.as("two").user("old").password("oldpass")));
        assertEquals(0, answer("main", Connect.as("two").user("other").password("oldpass")));
        assertEquals(5, Clients.answer(broker.address(), V311, Connect.as("x")).reason());
    }

    @Test
    void changedRulesHoldAtOnceAndNobodyIsDisconnected() {
        start(FILES);
        WireClient one = user1();
        WireClient two = old();
        two.subscribe("#", 0);
        assertEquals(0x87, publish(one, "b/c"));
        publish(one, "a/b");
        two.expectPublish("x");

        write("acl", "user user1\ntopic readwrite b/#\ntopic readwrite a/#\nuser old\ntopic read b/#\n");
        reload();
        publish(one, "a/b");
        two.expectNothing();
        publish(one, "b/c");
        two.expectPublish("x");
        assertEquals(0, broker.logged("Error"), broker.log());
    }

    @Test
    void aBrokenFileKeepsTheOldRulesAndShows() {
        start(FILES);
        WireClient one = user1();
        one.subscribe("a/#", 0);
        write("acl", "user user1\ntopic readwrite a/#\nnonsense here\n");
        reload();
        broker.awaitLog("Error: Invalid line in acl_file \"" + broker.folder().resolve("acl") + "\"");
        broker.awaitLog("Nothing was changed");
        publish(one, "a/b");
        one.expectPublish("x");

        write("acl", "user user1\ntopic readwrite a/#\ntopic read $SYS/#\n");
        reload();
        one.subscribe("$SYS/broker/config/state", 0);
        awaitState(one, "1");
        write("passwords", "user1\nuser1:x\n");
        reload();
        awaitState(one, "0");
        write("passwords", USER1);
        reload();
        awaitState(one, "1");
    }

    /** What is retained may be as old as the last look at it. */
    private static void awaitState(WireClient client, String state) {
        for (String said = ""; !said.equals(state); ) {
            said = client.expectPublish().text();
        }
    }

    @Test
    void aFirstStartWithABrokenFileEndsWithStatus3() {
        write("passwords", "user1:plain\n");
        broker.configure(FILES);
        broker.run(Map.of(), "-c", "{dir}/mosquitto.conf");
        assertEquals(3, broker.awaitExit(Duration.ofSeconds(60)), broker.log());
    }

    @Test
    void aWatchedFileIsTakenBySelf() {
        start("config_watch true\n" + FILES);
        WireClient two = old();
        int before = broker.logged("Config loaded from");
        write("passwords", USER1);
        awaitReload(before);
        assertEquals(0x87, two.expectEnd());
    }

    @Test
    void listenersHaveTheirOwnDoors() {
        start(
                """
                user root
                sys_interval 0
                per_listener_settings true
                listener {port} 127.0.0.1
                allow_anonymous true
                listener {port:closed} 127.0.0.1
                password_file {dir}/passwords
                listener {port:both} 127.0.0.1
                password_file {dir}/passwords
                allow_anonymous true
                listener {port:named} 127.0.0.1
                allow_anonymous true
                use_username_as_clientid true
                """);
        Connect anonymous = Connect.as("x");
        Connect right = Connect.as("x").user("user1").password("secret");
        Connect wrong = Connect.as("x").user("user1").password("wrong");
        assertEquals(0, answer("main", anonymous));
        assertEquals(0, answer("main", wrong));
        assertEquals(0x87, answer("closed", anonymous));
        assertEquals(0, answer("closed", right));
        assertEquals(0x87, answer("closed", wrong));
        assertEquals(0, answer("both", anonymous));
        assertEquals(0, answer("both", right));
        assertEquals(0x87, answer("both", wrong));
        assertEquals(0x87, answer("named", anonymous));
        assertEquals(0, answer("named", right));
    }

    @Test
    void listenersShareTheFileAndDifferInAnonymity() {
        start(
                """
                user root
                sys_interval 0
                clientid_prefixes ok-
                password_file {dir}/passwords
                listener {port} 127.0.0.1
                listener_allow_anonymous true
                listener {port:closed} 127.0.0.1
                """);
        assertEquals(0, answer("main", Connect.as("ok-1")));
        assertEquals(0x87, answer("main", Connect.as("no-1")));
        assertEquals(0x87, answer("closed", Connect.as("ok-1")));
        assertEquals(0, answer("closed", Connect.as("ok-1").user("user1").password("secret")));
        assertEquals(0x87, answer("main", Connect.as("ok-1").user("user1").password("wrong")));
    }
}
