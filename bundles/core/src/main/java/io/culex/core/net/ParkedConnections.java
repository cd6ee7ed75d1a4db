// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import io.culex.core.loop.Loop;
import io.culex.core.loop.Loops;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The connections that wait for a gate to open, per loop. Each set belongs to its loop. */
final class ParkedConnections {
    private final Loops loops;
    private final List<Set<Connection>> parked = new ArrayList<>();

    /** Nobody waits. */
    ParkedConnections(Loops loops) {
        this.loops = loops;
        loops.all().forEach(loop -> parked.add(new LinkedHashSet<>()));
    }

    void add(Connection connection) {
        parked.get(connection.loop().index()).add(connection);
    }

    void remove(Connection connection) {
        parked.get(connection.loop().index()).remove(connection);
    }

    /** The gates have changed: everyone who waits looks again. Any thread. */
    void lookAgain() {
        for (Loop loop : loops.all()) {
            loop.execute(() -> {
                Set<Connection> waiting = parked.get(loop.index());
                List<Connection> now = List.copyOf(waiting);
                waiting.clear();
                now.forEach(connection -> connection.resume(Pause.GATE));
            });
        }
    }
}
