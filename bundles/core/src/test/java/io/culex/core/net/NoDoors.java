// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import io.culex.transport.Doors;
import io.culex.transport.Listener;
import java.util.List;

/** For what needs doors but does not open or close any. */
final class NoDoors implements Doors {
    @Override
    public List<Listener> listeners() {
        return List.of();
    }

    @Override
    public void closeAll() {
        // There are none.
    }

    @Override
    public void sendAway() {
        // There is nobody.
    }

    @Override
    public int openConnections() {
        return 0;
    }

    @Override
    public long acceptedConnections() {
        return 0;
    }

    @Override
    public long refusedConnections() {
        return 0;
    }
}
