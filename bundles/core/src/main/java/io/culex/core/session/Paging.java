// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import io.culex.api.log.LogType;
import io.culex.api.store.StoredMessage;
import io.culex.core.loop.Ledger;
import io.culex.core.route.Publication;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings the messages of a queue that only the store has, some ahead of what goes out. What the store does not give is
 * taken out of the queue, stays in the store, and is said. On the session's loop.
 */
final class Paging {
    /** So many are asked for at a time; the next when less than half of them are left. */
    private static final int BATCH = 512;

    /** And so many bytes of payload at most, if that is one message. */
    private static final int BATCH_BYTES = 4 << 20;

    private final Session session;
    private final Ledger ledger;
    private final MessageQueue queue;
    private final Runnable filled;
    private boolean asked;
    private long hereUpTo;

    Paging(Session session, MessageQueue queue, Runnable filled) {
        this.session = session;
        this.ledger = session.home().ledger();
        this.queue = queue;
        this.filled = filled;
    }

    /** Asks for the next ones when they will be needed soon. */
    void lookAhead() {
        if (!queue.hasAbsent() || asked) {
            return;
        }
        long from = Math.max(hereUpTo, queue.firstNumber());
        if (from - queue.firstNumber() > BATCH / 2) {
            return;
        }
        long[] places = queue.absentFrom(from, BATCH, BATCH_BYTES);
        long[] ids = Arrays.stream(places).filter(id -> id != 0).toArray();
        if (ids.length == 0) {
            hereUpTo = from + places.length;
            return;
        }
        asked = true;
        ledger.load(ids, found -> fill(from, places, found));
    }

    /** Says that messages stay in the store which it does not give: whether it still can is seen at the next start. */
    static void notGiven(Session session, int count) {
        session.log(
                LogType.ERROR,
                "Error: The store does not give " + count + " queued messages of client " + session.clientId()
                        + "; the next start asks for them again.");
    }

    private void fill(long from, long[] places, List<@Nullable StoredMessage> found) {
        asked = false;
        // Without a link there is time: the next one asks again.
        boolean drops = session.link() != null;
        int next = 0;
        int lost = 0;
        for (int i = 0; i < places.length; i++) {
            if (places[i] != 0) {
                StoredMessage message = found.get(next++);
                lost += message == null ? 1 : 0;
                if (message != null || drops) {
                    queue.fill(from + i, message == null ? Publication.lost(places[i]) : Publication.of(message));
                }
            }
        }
        if (lost > 0 && drops) {
            notGiven(session, lost);
        }
        if (lost == 0 || drops) {
            hereUpTo = from + places.length;
        }
        filled.run();
    }
}
