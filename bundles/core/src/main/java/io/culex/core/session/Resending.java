// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import io.culex.api.log.LogType;
import io.culex.api.store.StoredMessage;
import io.culex.core.route.Publication;
import org.jspecify.annotations.Nullable;

/**
 * What was in flight when a link ended goes out again on the next one, in order and under the same Packet Identifiers
 * [MQTT-4.4.0-1]. A message that only the store has is brought first. On the session's loop.
 */
final class Resending {
    private final Session session;
    private final Window window;
    private final Runnable brought;
    private int[] ids = Empty.INTS;
    private int next;
    private int askedFor;

    Resending(Session session, Window window, Runnable brought) {
        this.session = session;
        this.window = window;
        this.brought = brought;
    }

    /** A link is there: everything that is in the window is to be sent. */
    void begin() {
        next = 0;
        ids = window.size() == 0 ? Empty.INTS : new int[window.size()];
        int[] at = {0};
        window.inOrder(id -> ids[at[0]++] = id);
    }

    void clear() {
        ids = Empty.INTS;
        next = 0;
    }

    boolean isDone() {
        return next == ids.length;
    }

    /** Whether the next one is here; if not, it is asked for, and whoever waits is told when it has come. */
    boolean isNextHere() {
        int id = ids[next];
        if (window.state(id) == 0 || !window.isAbsent(id)) {
            return true;
        }
        if (askedFor != id) {
            askedFor = id;
            long stored = window.stored(id);
            session.home().ledger().load(new long[] {stored}, found -> take(id, stored, found.get(0)));
        }
        return false;
    }

    /** The Packet Identifier of the next one; only when it is here. */
    int next() {
        return ids[next++];
    }

    private void take(int id, long stored, @Nullable StoredMessage message) {
        askedFor = askedFor == id ? 0 : askedFor;
        if (message != null) {
            window.fill(id, Publication.of(message));
        } else if (window.state(id) != 0 && window.isAbsent(id) && window.stored(id) == stored) {
            session.log(
                    LogType.ERROR,
                    "Error: The store does not give a message in flight to client " + session.clientId()
                            + "; the next start asks for it again.");
            window.remove(id);
        }
        brought.run();
    }
}
