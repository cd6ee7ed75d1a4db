// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.testkit.Await;
import io.culex.testkit.BrokerKind;
import io.culex.testkit.BrokerProcess;
import io.culex.testkit.Packet;
import io.culex.testkit.Publish;
import io.culex.testkit.WireClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A line between two brokers that is cut, slow, or dead without a word: nothing is lost, QoS 2 comes once, order stays. */
class BadLineTest {
    private static final int MESSAGES = 600;

    private static BrokerProcess mosquitto;
    private static BrokerProcess culex;
    private static BrokerProcess here;
    private static FaultProxy toMosquitto;
    private static FaultProxy toCulex;
    private static FaultProxy dead;

    @BeforeAll
    static void start() {
        Assumptions.assumeTrue(BrokerKind.selected() == BrokerKind.CULEX, "for Culex alone");
        String far =
                """
                user root
                allow_anonymous true
                max_queued_messages 0
                listener {port} 127.0.0.1
                """;
        mosquitto = BrokerProcess.start(BrokerKind.MOSQUITTO, far);
        culex = BrokerProcess.start(BrokerKind.CULEX, far);
        toMosquitto = new FaultProxy(mosquitto.address());
        toCulex = new FaultProxy(culex.address());
        dead = new FaultProxy(mosquitto.address());
        here = BrokerProcess.start(
                BrokerKind.CULEX,
                far
                        + bridge("m", toMosquitto.port(), "")
                        + bridge("c", toCulex.port(), "bridge_protocol_version mqttv50\n")
                        + bridge("d", dead.port(), "keepalive_interval 5\n"));
        Ends.awaitBridges(here, "m", "c", "d");
    }

    private static String bridge(String name, int port, String more) {
        return """
                connection %1$s
                address 127.0.0.1:%2$d
                restart_timeout 1
                topic %1$s/one/# out 1
                topic %1$s/two/# out 2
                topic %1$s/back/# in 2
                """
                        .formatted(name, port)
                + more;
    }

    @AfterAll
    static void end() {
        for (AutoCloseable each : new AutoCloseable[] {here, toMosquitto, toCulex, dead, culex, mosquitto}) {
            close(each);
        }
    }

    private static void close(AutoCloseable open) {
        try {
            if (open != null) {
                open.close();
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void cutsAndDelaysLoseNothingTowardsMosquitto() {
        flow("m", mosquitto, toMosquitto);
    }

    @Test
    void cutsAndDelaysLoseNothingTowardsCulex() {
        flow("c", culex, toCulex);
    }

    private static void flow(String name, BrokerProcess there, FaultProxy line) {
        try (WireClient subscriber = Ends.client(there.address());
                WireClient publisher = Ends.client(here.address());
                WireClient back = Ends.client(there.address());
                WireClient home = Ends.client(here.address())) {
            subscriber.subscribe(name + "/one/#", 1);
            subscriber.subscribe(name + "/two/#", 2);
            home.subscribe(name + "/back/#", 2);
            for (int i = 0; i < MESSAGES; i++) {
                publisher.publish(name + "/one/t", "" + i, 1);
                publisher.publish(name + "/two/t", "" + i, 2);
                back.publish(name + "/back/t", "" + i, 2);
                if (i % 120 == 60) {
                    int before = line.accepted();
                    line.cut();
                    Await.until("another connection", () -> line.accepted() > before);
                }
                line.delay(i % 200 < 20 ? 5 : 0);
            }
            line.delay(0);
            List<Publish> got = take(subscriber, 2 * MESSAGES);
            assertAtLeastOnce(texts(got, name + "/one/t"));
            assertExactlyOnce(texts(got, name + "/two/t"));
            assertExactlyOnce(texts(take(home, MESSAGES), name + "/back/t"));
        }
    }

    @Test
    void aLineThatIsDeadWithoutAWordIsNoticedAndNothingIsLost() {
        try (WireClient subscriber = Ends.client(mosquitto.address());
                WireClient publisher = Ends.client(here.address())) {
            subscriber.subscribe("d/two/#", 2);
            dead.goDeaf(true);
            publisher.publish("d/two/t", "0", 2);
            publisher.publish("d/two/t", "1", 2);
            here.awaitLog("Bridge d disconnected from 127.0.0.1:" + dead.port() + ": exceeded timeout.");
            assertExactlyOnceOf(texts(take(subscriber, 2), "d/two/t"), 2);
        }
    }

    private static List<Publish> take(WireClient client, int atLeast) {
        List<Publish> all = new ArrayList<>();
        Await.until(Duration.ofSeconds(60), () -> all.size() + " of " + atLeast, () -> {
            Optional<Packet> next = client.receiveWithin(Duration.ofMillis(1500));
            next.ifPresent(packet -> all.add(client.acknowledge((Publish) packet)));
            return next.isEmpty() && all.size() >= atLeast;
        });
        return all;
    }

    private static List<Integer> texts(List<Publish> all, String topic) {
        return all.stream()
                .filter(publish -> publish.topic().equals(topic))
                .map(publish -> Integer.parseInt(publish.text()))
                .toList();
    }

    private static void assertExactlyOnce(List<Integer> got) {
        assertExactlyOnceOf(got, MESSAGES);
    }

    private static void assertExactlyOnceOf(List<Integer> got, int count) {
        List<Integer> expected = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            expected.add(i);
        }
        assertEquals(expected, got);
    }

    /** Each number; the first time that each comes is in order. */
    private static void assertAtLeastOnce(List<Integer> got) {
        List<Integer> first = new ArrayList<>();
        HashSet<Integer> seen = new HashSet<>();
        got.stream().filter(seen::add).forEach(first::add);
        assertExactlyOnce(first);
    }
}
