// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import io.culex.core.plugin.Gate;
import io.culex.core.plugin.Scope;
import io.culex.core.route.Publication;
import io.culex.core.route.Subscription;

/** Gives one retained message to a session: whether it is still due, and who must allow it. On the session's loop. */
record Handout(Session session, Services services) {
    /** A newer message of the topic may have come by itself meanwhile; the old one must not follow it. */
    boolean isDue(Publication message, Subscription by) {
        return session.subscriptions().isThere(by)
                && services.router().retained().isCurrent(message)
                && !message.isExpired(session.home().clock());
    }

    /** False when who must decide about it cannot yet. */
    boolean give(Publication message, Subscription by) {
        if (session.deliveries().cameOver(message, by) || session.rights().isOutside(message.topic(), by)) {
            return true;
        }
        Gate gate = session.gate();
        Scope source = RetainedSources.of(message, session, services);
        // A source whose plugin has nothing to decide by, for however long, keeps back its own messages and nobody
        // else's.
        if (session.rights().mustWait(gate) || (source != null && source.gate().state() == Gate.State.WAITING)) {
            session.rights().hold();
            return false;
        }
        if (source != null && !RetainedSources.permit(message, source)) {
            return true;
        }
        Reading reading = session.deliveries().reading(message, gate);
        if (reading != Reading.MAY) {
            return reading == Reading.NEVER;
        }
        int qos = session.deliveries().qos(message, by);
        // The record of the retained message does not name this session: what is to be kept for it is recorded
        // anew.
        Publication given = session.records().isKept() ? Records.unrecorded(message) : message;
        session.deliveries().deliver(given, Outgoing.of(qos, true, by.options().identifier()), false);
        return true;
    }
}
