// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import io.culex.api.auth.Access;
import io.culex.api.auth.Subject;
import io.culex.api.store.StoredSession;
import io.culex.core.loop.Ledger;
import io.culex.core.loop.Loop;
import io.culex.core.loop.Timer;
import io.culex.core.loop.Wheel;
import io.culex.core.plugin.Gate;
import io.culex.core.route.Publication;

/**
 * A will that is due while a plugin is missing that must decide about it, and whose session is over or another link's: it waits by
 * itself, for whom it was made. Of a session that is kept it is in the store all the while, as one that is over and has nothing
 * else, so that the next start decides about it if this one does not. On the session's loop, and holds nothing of the session: that
 * may hold a plugin.
 */
final class DueWill extends Timer {
    private static final long[] NO_MESSAGES = {};

    private final Services services;
    private final Loop home;
    private final Subject subject;
    private final Standing standing;
    private final String mountPoint;
    private final long source;
    private final WillMessage will;
    private long life;

    /** Of the one who has the session now. */
    DueWill(Session session, Services services, WillMessage will) {
        this.services = services;
        this.home = session.home();
        this.subject = session.subject();
        this.standing = session.standing();
        this.mountPoint = session.mountPoint();
        this.source = session.number();
        this.will = will;
    }

    void await() {
        home.wheel().arm(this, Wheel.TICK_MILLIS);
    }

    /** The store gets it as soon as it is there; it is not decided about before that. */
    void keep(Records records) {
        Ledger ledger = home.ledger();
        ledger.whenThere(() -> {
            if (!ledger.hasFailed()) {
                life = ledger.newMessage();
                StoredSession alone = records.alone(life, will);
                ledger.give().session(alone);
            }
        });
    }

    @Override
    protected void expired() {
        Gate gate = services.current().get().scope(subject.peer().listener()).gate();
        // Not for a plugin that has nothing to decide by: that may be long, and anyone may leave such a will again and
        // again.
        boolean waits = standing == Standing.CLIENT && gate.state() == Gate.State.WAITING;
        if (waits || home.ledger().isAway()) {
            await();
            return;
        }
        if (standing != Standing.CLIENT || isAllowed(gate)) {
            long now = home.clock().millis();
            Publication message = services.retainable(will.publishedAt(now, source), home);
            services.router().publish(home, message);
        }
        if (life != 0) {
            // After the message: a stop in between publishes it once more, and never not at all.
            home.ledger().give().ended(life, NO_MESSAGES, 0);
        }
    }

    private boolean isAllowed(Gate gate) {
        String topic = will.publication().topicText().substring(mountPoint.length());
        return !ReservedTopics.contain(topic) && gate.allows(Access.WRITE, subject, topic);
    }
}
