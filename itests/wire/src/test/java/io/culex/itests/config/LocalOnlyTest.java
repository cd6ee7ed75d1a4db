// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.config;

import static io.culex.testkit.ProtocolVersion.V311;
import static io.culex.testkit.ProtocolVersion.V5;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.testkit.Await;
import io.culex.testkit.BrokerKind;
import io.culex.testkit.BrokerProcess;
import io.culex.testkit.Connect;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may come in when the configuration says little (SPEC A.2). */
class LocalOnlyTest {
    private final BrokerProcess broker = BrokerProcess.prepare(BrokerKind.selected());

    @BeforeEach
    void skipWhatIsNotStartedHere() {
        Assume.notExternal();
    }

    @AfterEach
    void end() {
        broker.close();
    }

    @Test
    void servesAnyoneOnLoopbackAlone() throws IOException {
        broker.configure("user root\n");
        broker.run(Map.of(), "-c", broker.configuration().toString(), "-p", "{port}");
        broker.awaitReady();
        broker.awaitLog(" running");
        Clients.v5(broker, "v4").disconnect();
        InetSocketAddress six = new InetSocketAddress(InetAddress.getByName("::1"), broker.port("main"));
        Clients.connected(six, V5, Connect.as("v6")).disconnect();
        for (NetworkInterface device : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (InetAddress address : Collections.list(device.getInetAddresses())) {
                assertEquals(address.isLoopbackAddress(), accepts(address), address.toString());
            }
        }
    }

    @Test
    void servesLocallyWithoutAConfiguration() {
        Assume.culex();
        broker.run(Map.of(), "-p", "{port}", "-p", "{port:second}");
        broker.awaitLog("Using default config.");
        broker.awaitReady();
        Clients.v5(broker, "c").disconnect();
        Clients.connected(broker.address("second"), V311, Connect.as("d")).disconnect();
    }

    @Test
    void ignoresThePortArgumentWhenThereIsAListener() {
        int ignored = broker.port("ignored");
        broker.configure("user root\nallow_anonymous true\nlistener {port} 127.0.0.1\n");
        broker.run(Map.of(), "-c", broker.configuration().toString(), "-p", "{port:ignored}");
        Await.until("the listener", () -> BrokerProcess.accepts(broker.port("main")));
        assertFalse(BrokerProcess.accepts(ignored));
    }

    @Test
    void letsNoOneInAnonymouslyOnceThereIsAListener() {
        broker.configure("user root\nlistener {port} 127.0.0.1\n");
        broker.run(Map.of(), "-c", broker.configuration().toString());
        broker.awaitReady();
        assertEquals(5, Clients.answer(broker.address(), V311, Connect.as("c")).reason());
        int reason = Clients.answer(broker.address(), V5, Connect.as("c")).reason();
        assertTrue(reason == 0x87 || reason == 0x86, "0x" + Integer.toHexString(reason));
    }

    private boolean accepts(InetAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, broker.port("main")), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
