// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.karaf.load;

import java.io.IOException;
import java.net.SocketAddress;

/** Logs in, subscribes, leaves and begins again. With a wrong password it must always be refused. */
final class Comer extends LoadClient {
    private static final long PAUSE_NANOS = 20_000_000;
    private static final int NOT_AUTHORIZED = 5;

    private final boolean mayCome;
    private long since;
    private boolean away;

    Comer(Load load, SocketAddress address, String id, Login login, boolean mayCome) {
        super(load, address, id, login);
        this.mayCome = mayCome;
    }

    @Override
    void open() throws IOException {
        super.open();
        since = System.nanoTime();
    }

    @Override
    void answered(int code) {
        load.waited(System.nanoTime() - since);
        if (code != (mayCome ? 0 : NOT_AUTHORIZED)) {
            load.problem(id + " was answered with " + code);
        }
        load.logins.incrementAndGet();
        if (code == 0) {
            subscribe("come/" + id, 1);
        }
    }

    @Override
    void subscribed(int code) {
        super.subscribed(code);
        load.waited(System.nanoTime() - since);
        disconnect();
    }

    @Override
    void closed() {
        if (mayCome) {
            super.closed();
        }
        away = true;
        since = System.nanoTime();
    }

    @Override
    void tick(long nanos) throws IOException {
        if (away && nanos - since >= PAUSE_NANOS) {
            away = false;
            open();
        }
    }
}
