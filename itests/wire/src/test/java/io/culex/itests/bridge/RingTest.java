// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.testkit.BrokerKind;
import io.culex.testkit.BrokerProcess;
import io.culex.testkit.Ports;
import io.culex.testkit.WireClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Three brokers, each with a bridge to the next: a message goes round once. */
class RingTest {
    @Test
    void aMessageReachesEveryBrokerOfARingOnce() {
        Assumptions.assumeTrue(BrokerKind.selected() == BrokerKind.CULEX, "for Culex alone");
        int[] ports = {Ports.free(), Ports.free(), Ports.free()};
        List<BrokerProcess> brokers = new ArrayList<>();
        List<WireClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 3; i++) {
                brokers.add(start(i, ports[i], ports[(i + 1) % 3]));
            }
            for (int i = 0; i < 3; i++) {
                BrokerProcess broker = brokers.get(i);
                Ends.awaitBridges(broker, "next" + i);
                WireClient client = Ends.client(Ports.local(ports[i]));
                client.subscribe("ring/#", 1);
                clients.add(client);
            }
            for (int i = 0; i < 20; i++) {
                clients.get(i % 3).publish("ring/" + i % 3, "m" + i, 1);
            }
            for (WireClient client : clients) {
                List<String> got = Ends.drain(client, Duration.ofSeconds(1));
                assertEquals(20, got.size(), got.toString());
                assertEquals(20, got.stream().distinct().count());
            }
            assertTrue(brokers.stream().allMatch(BrokerProcess::isRunning));
        } finally {
            clients.forEach(WireClient::close);
            brokers.forEach(BrokerProcess::close);
        }
    }

    private static BrokerProcess start(int number, int port, int next) {
        BrokerProcess broker = BrokerProcess.prepare(BrokerKind.CULEX);
        broker.configure(
                """
                user root
                allow_anonymous true
                listener %d 127.0.0.1
                connection next%d
                address 127.0.0.1:%d
                remote_clientid ring%d
                bridge_protocol_version mqttv50
                restart_timeout 1
                topic ring/# out 1
                """
                        .formatted(port, number, next, number));
        broker.run(java.util.Map.of(), "-c", broker.configuration().toString());
        return broker;
    }
}
