// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.bridge;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.testkit.BrokerKind;
import io.culex.testkit.BrokerProcess;
import io.culex.testkit.WireClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Other brokers that refuse, speak something else, lack a feature or go at once: this one lives on and says why. */
class BadPeersTest {
    private static final String BRIDGE =
            """
            connection %s
            address 127.0.0.1:%d
            restart_timeout 1
            bridge_protocol_version %s
            topic # both 2 %s/ there/
            """;

    private final Map<String, ServerSocket> peers = new HashMap<>();
    private final Map<String, byte[]> connects = new ConcurrentHashMap<>();

    private int peer(String name, byte... answer) throws IOException {
        ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        peers.put(name, server);
        Thread thread = new Thread(
                () -> {
                    try {
                        while (true) {
                            serve(name, server.accept(), answer);
                        }
                    } catch (IOException closed) {
                        // The test is over.
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        return server.getLocalPort();
    }

    private void serve(String name, Socket socket, byte[] answer) throws IOException {
        try (socket) {
            if (answer.length == 0) {
                return;
            }
            socket.setSoTimeout(2000);
            InputStream in = socket.getInputStream();
            byte[] first = new byte[400];
            int count = in.read(first);
            if (count > 0) {
                connects.put(name, java.util.Arrays.copyOf(first, count));
            }
            socket.getOutputStream().write(answer);
            while (in.read(first) >= 0) {
                // Whatever the bridge says then.
            }
        } catch (java.net.SocketTimeoutException silence) {
            // It has said everything.
        }
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    @Test
    void noneOfThemHarmsTheBroker() throws Exception {
        Assumptions.assumeTrue(BrokerKind.selected() == BrokerKind.CULEX, "for Culex alone");
        StringBuilder conf = new StringBuilder("user root\nallow_anonymous true\nlistener {port} 127.0.0.1\n");
        add(conf, "refuses", "mqttv311", bytes(0x20, 2, 0, 5));
        add(conf, "oldversion", "mqttv50", bytes(0x20, 2, 0, 1));
        add(
                conf,
                "http",
                "mqttv311",
                "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        add(conf, "closes", "mqttv311", bytes());
        add(conf, "noretain", "mqttv50", bytes(0x20, 3, 0, 0x9A, 0));
        add(conf, "publishes", "mqttv311", bytes(0x20, 2, 0, 0, 0x36, 3, 0, 1, 'a'));
        add(conf, "connects", "mqttv311", bytes(0x20, 2, 0, 0, 0x10, 0));
        try (BrokerProcess broker = BrokerProcess.start(BrokerKind.CULEX, conf.toString())) {
            broker.awaitLog("Bridge refuses cannot connect to 127.0.0.1:"
                    + peers.get("refuses").getLocalPort() + ": Connection Refused: not authorised.");
            broker.awaitLog("Connection Refused: unacceptable protocol version; the next attempt is with MQTT 3.1.1");
            broker.awaitLog("Bridge http cannot connect to");
            broker.awaitLog("Bridge closes cannot connect to");
            broker.awaitLog("Bridge publishes disconnected from");
            broker.awaitLog("Bridge connects disconnected from");
            broker.awaitLog("malformed packet: ");
            io.culex.testkit.Await.until("MQTT 3.1.1 to be tried", () -> {
                byte[] connect = connects.get("oldversion");
                return connect != null && (connect[level(connect)] & 0x7F) == 4;
            });
            io.culex.testkit.Await.until("a will that is not retained", () -> {
                byte[] connect = connects.get("noretain");
                return connect != null && (connect[level(connect) + 1] & 0x20) == 0;
            });
            try (WireClient client = Ends.client(broker.address())) {
                client.subscribe("t", 1);
                client.publish("t", "lives", 1);
                client.acknowledge(client.expectPublish("lives"));
            }
            assertTrue(broker.isRunning());
        } finally {
            for (ServerSocket server : peers.values()) {
                server.close();
            }
        }
    }

    /** Where the Protocol Level stands in a CONNECT. */
    private static int level(byte[] connect) {
        int at = 1;
        while (connect[at] < 0) {
            at++;
        }
        return at + 7;
    }

    private void add(StringBuilder conf, String name, String version, byte... answer) throws IOException {
        conf.append(BRIDGE.formatted(name, peer(name, answer), version, name));
    }
}
