// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.tls;

import io.culex.api.config.ListenerSettings;
import io.culex.transport.Listener;
import java.net.SocketAddress;
import java.util.List;

/** A listener with one connection. */
record Door(ListenerSettings settings) implements Listener {
    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public List<SocketAddress> addresses() {
        return List.of();
    }

    @Override
    public int port() {
        return 8883;
    }

    @Override
    public int connections() {
        return 1;
    }
}
