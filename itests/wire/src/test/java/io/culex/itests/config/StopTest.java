// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.config;

import static io.culex.testkit.ProtocolVersion.V311;
import static io.culex.testkit.ProtocolVersion.V5;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.testkit.Await;
import io.culex.testkit.BrokerKind;
import io.culex.testkit.BrokerProcess;
import io.culex.testkit.Connect;
import io.culex.testkit.Publish;
import io.culex.testkit.Will;
import io.culex.testkit.WireClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The clean stop of DESIGN 6 under load. */
class StopTest {
    private static final int CLIENTS = 1000;
    private static final int WITH_WILL = 100;

    @Test
    void tellsAThousandClientsPublishesWillsAndExits0() {
        Assume.culex();
        String configuration =
                """
                user root
                allow_anonymous true
                connection_messages false
                max_queued_messages 0
                listener {port} 127.0.0.1
                """;
        List<WireClient> clients = new ArrayList<>();
        try (BrokerProcess broker = BrokerProcess.start(configuration);
                WireClient watcher = Clients.v5(broker, "watcher")) {
            watcher.subscribe("wills/+", 1);
            for (int i = 0; i < CLIENTS; i++) {
                Connect connect = Connect.as("c" + i);
                if (i < WITH_WILL) {
                    connect.will(Will.to("wills/" + i, "gone", 0));
                }
                clients.add(Clients.connected(broker.address(), i % 10 == 9 ? V311 : V5, connect));
            }
            broker.signal("TERM");
            for (WireClient client : clients) {
                if (client.version() == V5) {
                    client.expectDisconnect(0x8B);
                } else {
                    client.expectClosed();
                }
            }
            assertEquals(WITH_WILL, willsUntilTheEnd(watcher).size());
            assertEquals(0, broker.awaitExit(Duration.ofSeconds(10)));
        } finally {
            clients.forEach(WireClient::close);
        }
    }

    /** As a rotation of logs sends it when the machine starts: there is a process, and no broker yet. */
    @Test
    void aHangupDuringTheStartDoesNotEndIt() {
        Assume.culex();
        try (BrokerProcess broker = BrokerProcess.prepare(BrokerKind.selected())) {
            broker.configure(
                    """
                    user root
                    pid_file {dir}/pid
                    allow_anonymous true
                    listener {port} 127.0.0.1
                    """);
            broker.run(Map.of(), "-c", broker.configuration().toString());
            Path pid = broker.folder().resolve("pid");
            Await.until(Duration.ofSeconds(60), () -> "a pid file", () -> Files.exists(pid));
            broker.signal("HUP");
            broker.awaitReady();
            try (WireClient client = Clients.v5(broker, "client")) {
                client.subscribe("a", 1);
            }
        }
    }

    private static Set<String> willsUntilTheEnd(WireClient watcher) {
        Set<String> wills = new HashSet<>();
        while (watcher.receive() instanceof Publish will) {
            assertEquals("gone", will.text());
            assertTrue(wills.add(will.topic()));
        }
        return wills;
    }
}
