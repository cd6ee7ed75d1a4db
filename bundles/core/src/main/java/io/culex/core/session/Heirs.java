// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import io.culex.core.loop.Loop;
import io.culex.core.route.Publication;
import io.culex.core.route.Router;
import io.culex.core.route.Subscription;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a session had by shared subscriptions and leaves unacknowledged when it ends: the other members get it (SPEC H.3). A message
 * that one of its other subscriptions matches, too, or did, may be its own, and goes with it. On the session's loop.
 */
final class Heirs {
    private final Session session;
    private final List<Subscription> shared;
    private final Match match;
    private final List<Left> left = new ArrayList<>();

    private Heirs(Session session, List<Subscription> shared, Match match) {
        this.session = session;
        this.shared = shared;
        this.match = match;
    }

    /**
     * Looks at what there is, while it is; null when nothing is left for anybody, nor can be on its way to a session that is kept.
     *
     * @param former the paths of subscriptions that were not shared and are taken away, though messages by them may be left
     */
    static @Nullable Heirs of(Session session, Collection<Subscription> subscriptions, Set<String> former) {
        Outbox outbox = session.outbox();
        List<Subscription> shared =
                subscriptions.stream().filter(each -> each.share() != null).toList();
        boolean leavesSome = outbox.queued() + outbox.inflight() > 0;
        if (shared.isEmpty() || !(leavesSome || session.records().isKept())) {
            return null;
        }
        Heirs heirs = new Heirs(session, shared, new Match(subscriptions, former));
        outbox.unacknowledged(heirs.left::add);
        return heirs;
    }

    /** Gives it to the members that are left, when the session is none any more: at once what is here, soon what is not. */
    void take(Router router) {
        if (shared.stream().noneMatch(router::hasMembers)) {
            return;
        }
        Loop home = session.home();
        if (!session.records().isKept() || home.ledger().hasFailed()) {
            left.forEach(each -> give(router, home, match, each.message()));
        } else {
            Estate estate = new Estate(router, session, session.outbox().bequeathed(), match, left);
            home.ledger().whenThere(estate::settle);
        }
    }

    /** One message; nothing is done with one that is none any more. */
    static void give(Router router, Loop home, Match match, @Nullable Publication message) {
        if (message != null && !message.isExpired(home.clock())) {
            Subscription by = match.sharedBy(message.topicText());
            if (by != null) {
                router.passOn(home, message, by);
            }
        }
    }
}
