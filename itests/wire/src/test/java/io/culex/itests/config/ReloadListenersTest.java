// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.config;

import static io.culex.testkit.ProtocolVersion.V5;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.testkit.Await;
import io.culex.testkit.BrokerProcess;
import io.culex.testkit.Connect;
import io.culex.testkit.Ports;
import io.culex.testkit.PropertyId;
import io.culex.testkit.WireClient;
import java.io.IOException;
import java.net.ServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Listeners come and go by SIGHUP; a reload that fails changes nothing (DESIGN 5). */
class ReloadListenersTest {
    private static final String ONE =
            """
            user root
            allow_anonymous true
            listener {port} 127.0.0.1
            """;
    private static final String TWO = ONE + "listener {port:second} 127.0.0.1\n";

    private BrokerProcess broker;

    @BeforeEach
    void start() {
        Assume.culex();
        broker = BrokerProcess.start(ONE);
    }

    @AfterEach
    void end() {
        if (broker != null) {
            broker.close();
        }
    }

    @Test
    void comeAndGoWhileOthersKeepTheirConnections() {
        WireClient live = Clients.v5(broker, "live");
        reload(TWO);
        Await.until("the second listener", () -> BrokerProcess.accepts(broker.port("second")));
        WireClient guest = Clients.connected(broker.address("second"), V5, Connect.as("guest"));
        guest.subscribe("a", 0);
        live.publish("a", "hello", 0);
        guest.expectPublish("hello");
        reload(ONE);
        Await.until("the second listener to go", () -> !BrokerProcess.accepts(broker.port("second")));
        assertTrue(guest.expectEnd() != 0);
        live.expectNothing();
        reload(TWO);
        Await.until("the second listener again", () -> BrokerProcess.accepts(broker.port("second")));
        live.expectNothing();
        live.disconnect();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense 1",
                "max_queued_messages many",
                "max_qos 7",
                "listener 0",
                "psk_hint h\npsk_file {dir}/none"
            })
    void changeNothingWhenTheNewConfigurationIsBad(String line) {
        WireClient live = Clients.v5(broker, "live");
        reload(TWO + "max_keepalive 30\n" + line + "\n");
        Await.until("the error in the log", () -> broker.log().contains("Error"));
        live.expectNothing();
        assertFalse(BrokerProcess.accepts(broker.port("second")));
        assertFalse(Clients.answer(broker.address(), V5, Connect.as("probe").keepAlive(600))
                .properties()
                .has(PropertyId.SERVER_KEEP_ALIVE));
        reload(TWO);
        Await.until("the second listener", () -> BrokerProcess.accepts(broker.port("second")));
        live.expectNothing();
        live.disconnect();
    }

    @Test
    void changeNothingWhenAPortIsTaken() throws IOException {
        WireClient live = Clients.v5(broker, "live");
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(Ports.local(broker.port("second")));
            reload(TWO + "listener {port:third} 127.0.0.1\nmax_qos 0\n");
            broker.awaitLog("Address already in use");
        }
        live.expectNothing();
        Clients.v5(broker, "new").disconnect();
        assertFalse(BrokerProcess.accepts(broker.port("third")));
        assertFalse(BrokerProcess.accepts(broker.port("second")));
        live.disconnect();
    }

    private void reload(String configuration) {
        int before = broker.logged("Reloading config.");
        broker.configure(configuration);
        broker.signal("HUP");
        Await.until("the reload to begin", () -> broker.logged("Reloading config.") > before);
    }
}
