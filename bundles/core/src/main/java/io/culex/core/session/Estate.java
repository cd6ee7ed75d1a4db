// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import io.culex.api.store.StoredMessage;
import io.culex.core.loop.Loop;
import io.culex.core.loop.Timer;
import io.culex.core.route.Publication;
import io.culex.core.route.Router;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Heirs} get of a session that is kept; what only the store has is brought piece by piece. The session stays in the store until all is
 * given, and each message until another session has it; a start in between goes on where this was. On the session's loop.
 */
final class Estate {
    /** So many messages are asked for at a time: many sessions may end at once. */
    private static final int PIECE = 64;

    /** How long to wait for the disk. */
    private static final int AGAIN_MILLIS = 1000;

    /** And so many bytes of payload at most, if that is one message. */
    private static final int PIECE_BYTES = 256 << 10;

    private final Router router;
    private final Session session;
    private final Loop home;
    private final Bequest bequest;
    private final Match match;
    private final List<Left> left;
    private final Timer later = new Timer() {
        @Override
        protected void expired() {
            settle();
        }
    };
    private int given;
    private int lost;

    Estate(Router router, Session session, Bequest bequest, Match match, List<Left> left) {
        this.router = router;
        this.session = session;
        this.home = session.home();
        this.bequest = bequest;
        this.match = match;
        this.left = left;
    }

    /** Returns at the first message that must be waited for. */
    void settle() {
        if (home.ledger().isAway()) {
            home.ledger().whenThere(this::settle);
            return;
        }
        if (home.ledger().hasFailed()) {
            // What only that store has is not to be had any more.
            left.subList(given, left.size()).forEach(each -> Heirs.give(router, home, match, each.message()));
            return;
        }
        while (given < left.size()) {
            if (mustWait()) {
                home.wheel().arm(later, AGAIN_MILLIS);
                return;
            }
            int end = pieceEnd();
            long[] absent = left.subList(given, end).stream()
                    .filter(each -> each.message() == null)
                    .mapToLong(Left::stored)
                    .toArray();
            if (absent.length > 0) {
                home.ledger().load(absent, found -> home.ledger().whenThere(() -> {
                    give(end, found);
                    settle();
                }));
                return;
            }
            give(end, List.of());
        }
        if (lost > 0) {
            // The session stays there with them, over as it is: the next start tries once more.
            Paging.notGiven(session, lost);
            return;
        }
        // What has just been recorded for it, and acknowledged, is on its way; it is another member's when it comes.
        home.whenHandedOver(() -> home.ledger().whenThere(bequest::end));
    }

    /**
     * On a full disk a piece at a time: each message that goes to another session needs one more record before the one that it has
     * is of no use any more.
     */
    private boolean mustWait() {
        return !home.ledger().takesMessages() && home.ledger().backlog() > PIECE_BYTES;
    }

    private int pieceEnd() {
        int end = given;
        long bytes = 0;
        while (end < left.size() && end - given < PIECE) {
            bytes += left.get(end).length();
            if (bytes > PIECE_BYTES && end > given) {
                break;
            }
            end++;
        }
        return end;
    }

    private void give(int end, List<@Nullable StoredMessage> found) {
        int next = 0;
        for (Left each : left.subList(given, end)) {
            Publication message = each.message();
            if (message == null) {
                StoredMessage stored = found.get(next++);
                lost += stored == null ? 1 : 0;
                message = stored == null ? null : Publication.of(stored);
            }
            Heirs.give(router, home, match, message);
            if (message != null) {
                bequest.done(each);
            }
        }
        given = end;
    }
}
