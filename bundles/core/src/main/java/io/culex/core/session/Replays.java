// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import io.culex.core.route.Subscription;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The retained messages that one session is still owed: what subscriptions, links and their ends do to them. {@link Lookups} finds
 * them, {@link Owing} has those that wait, {@link Handout} gives each. On the session's loop.
 */
final class Replays {
    private final Session session;
    private final Services services;
    private final Owing owing;
    private final Lookups lookups;
    private List<Runnable> waiting = List.of();
    private long seen;
    private boolean complete;
    private boolean sending;
    private boolean looksAgain;

    Replays(Session session, Services services) {
        this.session = session;
        this.services = services;
        this.owing = new Owing(session, services);
        this.lookups = new Lookups(session, services, owing);
    }

    void clear() {
        forget();
        seen = 0;
        complete = false;
        owing.behindQueue(false);
        waiting = List.of();
    }

    private void forget() {
        owing.clear();
        lookups.clear();
    }

    /** What is sent from now on goes out when nothing waits in the queue any more; what was owed before does not count. */
    void beginBehindQueue() {
        forget();
        owing.behindQueue(true);
    }

    /** The version of the latest retained message if the link has been given all there are; else -1. */
    long mark() {
        return complete && !owes() ? services.router().retained().latest() : -1;
    }

    /** The other end has everything up to that version: {@link #changes} sends what came later. */
    void there(long mark) {
        seen = Math.max(seen, mark);
    }

    private boolean owes() {
        return !owing.isEmpty() || !lookups.isEmpty();
    }

    /** How many messages wait until the link takes more. */
    int inMemory() {
        return owing.size();
    }

    /**
     * What could not go out to a client whose session is kept waits in its queue, as far as that leaves room for others; the rest
     * comes when the client is back.
     */
    void linkLost() {
        if (owing.isBehindQueue() || !session.lifetime().isPersistent()) {
            forget();
        }
        complete = false;
        owing.behindQueue(false);
        waiting = List.of();
        owing.linkLost();
        if (owing.size() > Lookups.MOST_AWAY) {
            // One that is away must not hold that many: they are looked up once more.
            owing.giveUp().forEach(lookups::putOff);
        }
        owing.pay(null);
        look(null);
    }

    /**
     * Sends the retained messages that subscriptions bring which were made together, none for a filter that is gone by now. A
     * subscription that its own packet has replaced brings them to the one that is there [MQTT-3.8.4-5].
     */
    void all(Collection<Subscription> made) {
        long mark = services.router().retained().latest();
        for (Subscription by : made) {
            if (session.subscriptions().of(by.filter()) != null) {
                lookups.add(by.filter(), mark);
            }
        }
        goOn();
    }

    /**
     * Sends those that have changed while there was no link, and that were not queued because they go out at QoS 0.
     *
     * @param queued whether QoS 0 was queued as well
     */
    void changes(Subscription by, boolean queued) {
        List<Owing.Message> changed = new ArrayList<>();
        Owing.Order order = owing.order(by);
        services.router().retained().matchVersions(by.path(), (message, version) -> {
            if (version > seen && !queued && !owing.waits(message, by)) {
                changed.add(new Owing.Message(message, version, order));
            }
        });
        owing.add(order, changed);
        goOn();
    }

    private void goOn() {
        Link link = session.link();
        if (link != null) {
            next(link);
        }
    }

    /** A subscription has taken the place of another without bringing messages of its own: it gets what that one is owed. */
    void moved(Subscription from, Subscription to) {
        owing.moved(from, to);
    }

    /** A filter is not subscribed to any more. */
    void gone(String filter) {
        if (lookups.remove(filter)) {
            tell();
        }
    }

    /** Runs {@code done} when nothing is owed any more; never when the link is lost before. */
    void whenSent(Runnable done) {
        waiting = new ArrayList<>(waiting);
        waiting.add(done);
        tell();
    }

    private void tell() {
        if (!owes() && !waiting.isEmpty()) {
            List<Runnable> told = waiting;
            waiting = List.of();
            complete = true;
            told.forEach(Runnable::run);
        }
    }

    /** The link takes more. A call from within does nothing: the one that is under way goes on. */
    void next(Link link) {
        if (sending || !owes()) {
            return;
        }
        sending = true;
        try {
            owing.pay(link);
            look(link);
        } finally {
            sending = false;
        }
        tell();
    }

    /** Looks filters up, in turns with the loop's other work. */
    private void look(@Nullable Link link) {
        if (!looksAgain && lookups.goOn(link)) {
            looksAgain = true;
            session.home().nextIteration(this::lookAgain);
        }
    }

    private void lookAgain() {
        looksAgain = false;
        if (session.link() == null) {
            look(null);
        } else {
            goOn();
        }
    }
}
