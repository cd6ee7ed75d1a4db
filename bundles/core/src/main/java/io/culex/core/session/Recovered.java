// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import io.culex.api.auth.Subject;
import io.culex.api.store.StoredSession;
import io.culex.api.store.StoredSubscription;
import io.culex.api.store.StoredWill;
import io.culex.core.loop.Loop;

/** A session that was found in the store. Filled by the thread that starts the broker, while nobody else knows the session. */
public final class Recovered {
    private final Session session;
    private final StoredSession stored;

    /** A session without a link; what it had follows. */
    public Recovered(Session session, StoredSession stored, Subject subject) {
        this.session = session;
        this.stored = stored;
        session.found(stored, subject);
    }

    /** The loop that it lives on. */
    public Loop home() {
        return session.home();
    }

    /** One of its subscriptions. */
    public void subscription(StoredSubscription subscription) {
        session.subscriptions().found(subscription);
    }

    /** A message that it has not acknowledged; see {@link io.culex.api.store.MessageStore.Recovery#delivery}. */
    public void delivery(long message, int payloadBytes, int how, int packetId, boolean released) {
        session.outbox().found(message, payloadBytes, Outgoing.unpack(how), packetId, released);
    }

    /** A QoS 2 Packet Identifier of the client that waits for its PUBREL. */
    public void inbound(int packetId) {
        session.inbox().add(packetId);
    }

    /** The broker runs: will and expiry go on, or it ends with what is left of it. On the session's loop. */
    public void begin() {
        session.outbox().begun();
        StoredWill will = stored.will();
        if (isOver(stored)) {
            if (will != null) {
                session.lifetime().foundOver(will);
            }
            session.wipe();
        } else {
            session.lifetime().found(stored);
        }
    }

    /** Whether a session was to end with its connection, which ended with the broker, or had ended but for what it left. */
    public static boolean isOver(StoredSession stored) {
        return stored.expirySeconds() == 0;
    }
}
