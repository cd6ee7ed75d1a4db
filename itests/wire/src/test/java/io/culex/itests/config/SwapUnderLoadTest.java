// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.config;

import static io.culex.testkit.ProtocolVersion.V5;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.testkit.Await;
import io.culex.testkit.BrokerKind;
import io.culex.testkit.BrokerProcess;
import io.culex.testkit.Connect;
import io.culex.testkit.PacketType;
import io.culex.testkit.Ping;
import io.culex.testkit.Publish;
import io.culex.testkit.WireClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Password file and ACL file are exchanged again and again while messages flow and clients come: nothing is lost, nothing comes
 * twice, nobody is disconnected, and what is denied before and after is never let through in between.
 */
class SwapUnderLoadTest {
    private static final int SWAPS = 20;
    private static final int IDLE = 50;

    /** user1 with {@code secret}; old with {@code oldpass}. */
    private static final String USERS =
            "user1:$7$1000$9YC1Lzxie9QA3RkhKdKslEAHb6TUq278Z9BPJSOq4NgkNVf8o5E2Q0e3k8VavI4Zs"
                    + "BH2LSvxCQANFuhgdCSMbQ==$Espj5mmRMZPJYjMO7c1dJsss5ys2nOG4Lc4YfzmPB00VkVFgdPtbPB7IbbYKgtJBVaScj9Lf+KIM48T/"
                    + "PvOZQg==\nold:$7$101$J6JDjHchfFz2kubG$MhRLJ7ezmk82+2imnZIS3iYsoOOvbtFWd6UVzPH5xuhln0Wnz7m4yW9"
                    + "Jacpww0eZywwhJeTEeqYNrs/sMUWgEA==\n";

    private static final String RULES =
            "user user1\ntopic readwrite a/#\ntopic deny a/denied\nuser old\ntopic read a/#\n";

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private BrokerProcess broker;
    private volatile boolean over;

    @BeforeEach
    void start() throws Exception {
        Assume.culex();
        broker = BrokerProcess.prepare(BrokerKind.selected());
        write("passwords", USERS);
        write("acl", RULES);
        broker.configure(
                """
                user root
                sys_interval 0
                password_file {dir}/passwords
                acl_file {dir}/acl
                listener {port} 127.0.0.1
                """);
        broker.run(Map.of(), "-c", "{dir}/mosquitto.conf");
        broker.awaitReady();
    }

    @AfterEach
    void end() {
        over = true;
        threads.shutdownNow();
        if (broker != null) {
            broker.close();
        }
    }

    private void write(String name, String text) throws Exception {
        Files.writeString(broker.folder().resolve(name), text);
    }

    private WireClient user1(String id) {
        return Clients.connected(
                broker.address(), V5, Connect.as(id).user("user1").password("secret"));
    }

    private static int publish(WireClient client, String topic, String text) {
        int id = client.nextId();
        client.send(Publish.to(topic, text).qos(1, id));
        return client.expectAck(PacketType.PUBACK, id).reason();
    }

    /** Publishes numbers until it is over; returns how many. The longest wait for one goes to {@code longest}. */
    private Callable<Integer> flow(WireClient client, long[] longest) {
        return () -> {
            int sent = 0;
            for (; !over; sent++) {
                long begin = System.nanoTime();
                assertEquals(0, publish(client, "a/flow", String.valueOf(sent)));
                longest[0] = Math.max(longest[0], System.nanoTime() - begin);
            }
            assertEquals(0, publish(client, "a/flow", "end"));
            return sent;
        };
    }

    /** Receives until the end; returns how many, each the one after the one before. */
    private static Callable<Integer> receive(WireClient client) {
        return () -> {
            for (int received = 0; ; received++) {
                Publish next = client.acknowledge(client.expectPublish());
                String text = new String(next.payload(), StandardCharsets.UTF_8);
                if (text.equals("end")) {
                    return received;
                }
                assertEquals(String.valueOf(received), text);
                assertEquals("a/flow", next.topic());
            }
        };
    }

    /** Tries what is denied until it is over. */
    private Callable<Integer> denied(WireClient client, String topic) {
        return () -> {
            int tries = 0;
            for (; !over; tries++) {
                assertEquals(0x87, publish(client, topic, "denied"));
            }
            return tries;
        };
    }

    /** Connects and subscribes until it is over, with right and wrong passwords. */
    private Callable<Integer> logins() {
        return () -> {
            int logins = 0;
            for (; !over; logins++) {
                WireClient right = user1("login");
                right.subscribe("a/login", 1);
                right.disconnect();
                assertEquals(
                        0x87,
                        Clients.answer(
                                        broker.address(),
                                        V5,
                                        Connect.as("wrong").user("user1").password("wrong"))
                                .reason());
            }
            return logins;
        };
    }

    @Test
    void nothingIsLostAndNothingSlipsThroughWhileFilesAreExchanged() throws Exception {
        List<WireClient> idle = new ArrayList<>();
        for (int i = 0; i < IDLE; i++) {
            idle.add(user1("idle" + i));
        }
        WireClient subscriber = user1("subscriber");
        subscriber.subscribe("#", 1);
        WireClient reader = Clients.connected(
                broker.address(), V5, Connect.as("reader").user("old").password("oldpass"));
        long[] longest = new long[1];
        Future<Integer> received = threads.submit(receive(subscriber));
        Future<Integer> sent = threads.submit(flow(user1("publisher"), longest));
        Future<Integer> tries = threads.submit(denied(user1("trier"), "a/denied"));
        Future<Integer> foreign = threads.submit(denied(reader, "a/flow"));
        Future<Integer> logins = threads.submit(logins());

        for (int swap = 0; swap < SWAPS; swap++) {
            write("acl", RULES + "# " + swap + "\n");
            write("passwords", USERS + "# " + swap + "\n");
            int loaded = broker.logged("Config loaded from");
            broker.signal("HUP");
            Await.until(Duration.ofSeconds(20), broker::log, () -> broker.logged("Config loaded from") > loaded);
        }
        over = true;
        assertEquals(sent.get(30, TimeUnit.SECONDS), received.get(30, TimeUnit.SECONDS));
        assertTrue(tries.get(30, TimeUnit.SECONDS) > 0);
        assertTrue(foreign.get(30, TimeUnit.SECONDS) > 0);
        assertTrue(logins.get(30, TimeUnit.SECONDS) > 0);
        for (WireClient client : idle) {
            client.send(new Ping(PacketType.PINGREQ));
            assertEquals(PacketType.PINGRESP, client.receive().type());
        }
        assertEquals(0, broker.logged("Error"), broker.log());
        System.out.println(SWAPS + " swaps under load: " + sent.get() + " messages, " + logins.get()
                + " logins, longest wait " + TimeUnit.NANOSECONDS.toMillis(longest[0]) + " ms");
    }
}
