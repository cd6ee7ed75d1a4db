// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.config;

import io.culex.testkit.BrokerProcess;
import io.culex.testkit.Connack;
import io.culex.testkit.Connect;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.WireClient;
import java.net.SocketAddress;

/** Clients of a broker that a test has for itself. */
final class Clients {
    private Clients() {}

    static WireClient v5(BrokerProcess broker, String id) {
        return connected(broker.address(), ProtocolVersion.V5, Connect.as(id));
    }

    static WireClient connected(SocketAddress address, ProtocolVersion version, Connect connect) {
        WireClient client = WireClient.open(address, version);
        client.connect(connect);
        return client;
    }

    /** Connects, takes the answer whatever it is, and leaves. */
    static Connack answer(SocketAddress address, ProtocolVersion version, Connect connect) {
        try (WireClient client = WireClient.open(address, version)) {
            client.send(connect);
            return client.expectConnack();
        }
    }
}
