// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.testkit.Await;
import io.culex.testkit.BrokerKind;
import io.culex.testkit.BrokerProcess;
import io.culex.testkit.WireClient;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** SIGHUP adds, changes and removes bridges; those that stay as they are keep their connection. */
class ReloadBridgesTest {
    private static final String FAR =
            """
            user root
            log_type all
            allow_anonymous true
            listener {port} 127.0.0.1
            """;

    private static String bridge(String name, int port, String more) {
        return """
                connection %1$s
                address 127.0.0.1:%2$d
                remote_clientid id-%1$s
                restart_timeout 1
                topic %1$s/# out 1
                """
                        .formatted(name, port)
                + more;
    }

    @Test
    void bridgesComeAndGoAndOthersStay() {
        Assumptions.assumeTrue(BrokerKind.selected() == BrokerKind.CULEX, "for Culex alone");
        try (BrokerProcess far = BrokerProcess.start(BrokerKind.MOSQUITTO, FAR)) {
            int port = far.port("main");
            String near = "user root\nallow_anonymous true\nlistener {port} 127.0.0.1\n";
            try (BrokerProcess here = BrokerProcess.start(BrokerKind.CULEX, near + bridge("stays", port, ""))) {
                Ends.awaitBridges(here, "stays");
                reload(here, near + bridge("stays", port, "") + bridge("comes", port, ""), 1);
                Ends.awaitBridges(here, "comes");
                String changed = bridge("comes", port, "topic more/# out 1\nbridge_reload_type immediate\n");
                reload(here, near + bridge("stays", port, "") + changed, 2);
                Await.until("the changed bridge to connect again", () -> here.logged("Bridge comes connected to") == 2);
                forwards(here, far, "more/x");
                reload(here, near + bridge("stays", port, "") + bridge("plain", 8883, ""), 3);
                here.awaitLog("Bridge comes is removed.");
                here.awaitLog("Bridge plain connects to port 8883 without TLS");
                Ends.awaitRetained(far.address(), "$SYS/broker/connection/id-comes/state", "0");
                forwards(here, far, "stays/x");
                assertEquals(1, here.logged("Bridge stays connected to"));
                assertEquals(0, far.logged("already connected"));
            }
        }
    }

    private static void forwards(BrokerProcess from, BrokerProcess to, String topic) {
        try (WireClient subscriber = Ends.client(to.address());
                WireClient publisher = Ends.client(from.address())) {
            subscriber.subscribe(topic, 1);
            publisher.publish(topic, "x", 1);
            assertEquals(
                    List.of("x"),
                    List.of(subscriber
                            .acknowledge(subscriber.expectPublish("x"))
                            .text()));
        }
    }

    private static void reload(BrokerProcess broker, String configuration, int times) {
        broker.configure(configuration);
        int before = broker.logged("Config loaded from");
        broker.signal("HUP");
        Await.until("reload " + times, () -> broker.logged("Config loaded from") > before);
    }
}
