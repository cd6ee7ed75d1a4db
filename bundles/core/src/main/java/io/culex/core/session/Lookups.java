// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import io.culex.core.route.Subscription;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks up what is retained for the filters of one session, one filter at a time, when what the ones before have brought is given:
 * so a client that does not read has no more of them wait than there are. On the session's loop.
 */
final class Lookups {
    /** How long filters are looked up before the loop turns to its other work. */
    private static final long TURN_NANOS = 2_000_000;

    /** As many may be owed to a session without a link. */
    static final int MOST_AWAY = 10_000;

    private final Session session;
    private final Services services;
    private final Owing owing;
    private final PendingFilters pending = new PendingFilters();

    Lookups(Session session, Services services, Owing owing) {
        this.session = session;
        this.services = services;
        this.owing = owing;
    }

    boolean isEmpty() {
        return pending.isEmpty();
    }

    void clear() {
        pending.clear();
    }

    /** A filter is to be looked up, behind all others: what was retained up to that version. */
    void add(String filter, long mark) {
        pending.add(filter, new Span(0, mark));
    }

    /** The same for what one link has left of a filter that brings too many for a client that is away: the next one goes on there. */
    void putOff(String filter, Span left) {
        pending.putOff(filter, left);
    }

    /** Returns whether it was there. */
    boolean remove(String filter) {
        return pending.remove(filter);
    }

    /**
     * Looks filters up until something is owed: for a client that is away, what is to wait in its queue. True when that was enough
     * for a turn.
     */
    boolean goOn(@Nullable Link link) {
        long end = session.home().clock().nanos() + TURN_NANOS;
        while (isAnyDue(link) && owing.isEmpty() && owing.hasRoom(link)) {
            lookUp(pending.first(), link);
            owing.pay(link);
            if (session.home().clock().nanos() - end >= 0) {
                return true;
            }
        }
        return false;
    }

    /** One that was put off is due behind all others, and by itself: should the link go, it alone has to be put off once more. */
    private boolean isAnyDue(@Nullable Link link) {
        if (!pending.hasDue() && link != null) {
            pending.takeUp();
        }
        return pending.hasDue();
    }

    private void lookUp(String filter, @Nullable Link link) {
        Span versions = pending.versions(filter);
        Subscription by = session.subscriptions().of(filter);
        pending.remove(filter);
        boolean away = link == null;
        if (by == null || (away && by.qos() == 0)) {
            return;
        }
        Owing.Order order = owing.order(by);
        boolean isGoneOnWith = by.qos() > 0 && session.lifetime().isPersistent();
        if (link != null && !isGoneOnWith) {
            giveAsFound(order, versions, link);
            return;
        }
        List<Owing.Message> found = find(order, versions, away);
        if (found.size() > MOST_AWAY && away) {
            // Those of other filters need not wait for a link because these do.
            pending.putOff(filter, versions);
            return;
        }
        if (found.size() > MOST_AWAY) {
            // This order still holds when the link is lost: the versions that are left say what was given by then.
            found.sort(Comparator.comparingLong(Owing.Message::version));
        }
        owing.add(order, found);
    }

    /** What the link takes at once is not gathered before: half of the time for many. */
    @SuppressWarnings("ReferenceEquality") // another link of the same client is another one
    private void giveAsFound(Owing.Order order, Span versions, Link link) {
        Handout handout = new Handout(session, services);
        List<Owing.Message> rest = new ArrayList<>();
        Subscription by = order.by();
        services.router().retained().matchVersions(by.path(), (message, version) -> {
            boolean hasRoom = rest.isEmpty() && owing.hasRoom(link);
            if (versions.has(version)
                    && session.subscriptions().isThere(by)
                    && !(hasRoom && handout.give(message, by))) {
                rest.add(new Owing.Message(message, version, order));
            }
        });
        if (session.link() == link) {
            if (rest.size() > MOST_AWAY && session.lifetime().isPersistent()) {
                // Another subscription may come to have them that goes on where it stood.
                rest.sort(Comparator.comparingLong(Owing.Message::version));
            }
            owing.add(order, rest);
        }
    }

    /** What was published since the subscription has come by itself. */
    private List<Owing.Message> find(Owing.Order order, Span versions, boolean away) {
        List<Owing.Message> found = new ArrayList<>();
        Subscription by = order.by();
        services.router().retained().matchVersions(by.path(), (message, version) -> {
            // More than too many need not be had.
            boolean isWanted = !away || (found.size() <= MOST_AWAY && owing.waits(message, by));
            if (isWanted && versions.has(version)) {
                found.add(new Owing.Message(message, version, order));
            }
        });
        return found;
    }
}
