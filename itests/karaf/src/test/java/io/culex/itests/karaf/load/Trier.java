// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.karaf.load;

import java.net.SocketAddress;

/** Publishes what must not be let through, or not be received, again and again. */
final class Trier extends LoadClient {
    private boolean waits;
    private long number;

    Trier(Load load, SocketAddress address, String id, Login login) {
        super(load, address, id, login);
    }

    @Override
    void acknowledged(int packetId) {
        waits = false;
        load.tries.incrementAndGet();
    }

    @Override
    void tick(long nanos) {
        if (isConnected() && !waits) {
            waits = true;
            publish("secret/" + id, ++number, 1);
        }
    }
}
