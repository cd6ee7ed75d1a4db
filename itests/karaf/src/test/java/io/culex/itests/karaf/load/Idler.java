// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.karaf.load;

import java.net.SocketAddress;

/** Is connected, and says so when it has promised to. */
final class Idler extends LoadClient {
    private static final long PERIOD_NANOS = 1_000_000_000;

    private final boolean pings;
    private volatile boolean ready;
    private long next;

    Idler(Load load, SocketAddress address, String id, Login login) {
        super(load, address, id, login);
        this.pings = login.keepAlive() > 0;
    }

    @Override
    void answered(int code) {
        super.answered(code);
        subscribe("own/" + id, 0);
    }

    @Override
    void subscribed(int code) {
        super.subscribed(code);
        ready = true;
    }

    boolean isReady() {
        return ready;
    }

    @Override
    void tick(long nanos) {
        if (pings && isConnected() && nanos - next >= 0) {
            next = nanos + PERIOD_NANOS;
            ping();
        }
    }
}
