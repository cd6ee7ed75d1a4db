// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import io.culex.api.auth.Access;
import io.culex.api.auth.Subject;
import io.culex.core.loop.Timer;
import io.culex.core.loop.Wheel;
import io.culex.core.plugin.Gate;
import io.culex.core.route.Publication;

/**
 * A will that is due while a plugin cannot decide about it, and whose session another link has taken over: it waits
 * by itself, for whom it was made. On the session's loop.
 */
final class DueWill extends Timer {
    private final Session session;
    private final Services services;
    private final Subject subject;
    private final WillMessage will;

    /** Of the one who has the session now. */
    DueWill(Session session, Services services, WillMessage will) {
        this.session = session;
        this.services = services;
        this.subject = session.subject();
        this.will = will;
    }

    void await() {
        session.home().wheel().arm(this, Wheel.TICK_MILLIS);
    }

    @Override
    protected void expired() {
        Gate gate = services.current().get().scope(subject.peer().listener()).gate();
        if (gate.isUndecided()) {
            await();
            return;
        }
        String topic =
                will.publication().topicText().substring(session.mountPoint().length());
        if (!ReservedTopics.contain(topic) && gate.allows(Access.WRITE, subject, topic)) {
            long now = session.home().clock().millis();
            Publication message = services.retainable(will.publishedAt(now, session.number()), session.home());
            services.router().publish(session.home(), message);
        }
    }
}
