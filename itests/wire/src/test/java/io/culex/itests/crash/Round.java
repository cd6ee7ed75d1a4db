// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.crash;

import io.culex.testkit.BrokerProcess;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.WireClient;
import io.culex.testkit.WireError;
import java.net.InetSocketAddress;
import java.util.concurrent.ThreadLocalRandom;

/** One life of the broker: it runs until it is killed, or until everyone has finished. */
final class Round {
    private final BrokerProcess broker;
    private final InetSocketAddress address;
    private volatile boolean killed;
    private volatile boolean finishing;

    Round(BrokerProcess broker) {
        this(broker, broker.address());
    }

    /** Of a broker whose port is not one of its own. */
    Round(BrokerProcess broker, InetSocketAddress address) {
        this.broker = broker;
        this.address = address;
    }

    WireClient open() {
        return WireClient.open(address, ProtocolVersion.V5);
    }

    /** Ends the process at once, whatever it is doing. */
    void kill() {
        killed = true;
        broker.signal("KILL");
    }

    /** Nothing new is begun any more. */
    void finish() {
        finishing = true;
    }

    boolean isFinishing() {
        return finishing;
    }

    /** What a client does in this round; its connection may break only because the broker was killed. */
    void run(Runnable client) {
        try {
            client.run();
        } catch (WireError e) {
            if (!killed) {
                throw e;
            }
        }
    }

    static int random(int from, int to) {
        return ThreadLocalRandom.current().nextInt(from, to);
    }
}
