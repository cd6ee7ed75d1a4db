// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import io.culex.api.auth.Subject;
import io.culex.api.store.Origin;
import io.culex.api.store.StoredClient;
import io.culex.api.store.StoredMessage;
import io.culex.api.store.StoredSession;
import io.culex.api.store.StoredSubscription;
import io.culex.api.store.StoredWill;
import io.culex.core.loop.Ledger;
import io.culex.core.route.Publication;
import io.culex.core.route.Subscription;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What one session gives to the store. Nothing, while it is one that ends with its connection, or there is no store. The life
 * of a session is its number in the store: a clean start, or another standing, begins another one. On the session's loop.
 */
public final class Records {
    private final Session session;
    private final Ledger ledger;
    private long life;

    Records(Session session) {
        this.session = session;
        this.ledger = session.home().ledger();
    }

    /** The number of the session in the store; 0: it is not kept. */
    public long life() {
        return life;
    }

    /** Whether the session is kept. */
    public boolean isKept() {
        return life != 0;
    }

    /** It was found in the store. */
    void found(long number) {
        life = number;
    }

    /** The session has a link, or lost it, or its will or expiry changed; one that outlives its link begins to be kept. */
    void changed() {
        if (life == 0
                && ledger.isOn()
                && !ledger.hasFailed()
                && session.lifetime().isPersistent()) {
            life = ledger.newMessage();
        }
        if (life != 0) {
            Lifetime lifetime = session.lifetime();
            give(stored(lifetime.expirySeconds(), lifetime.endsAtMillis(), lifetime.storedWill()));
        }
    }

    private void give(StoredSession stored) {
        ledger.give().session(stored);
    }

    /** The session is over, with what it has not acknowledged. */
    void ended(Window window, MessageQueue queue) {
        if (life != 0) {
            long[] messages = messages(window, queue);
            ledger.give().ended(life, messages, messages.length);
            life = 0;
        }
    }

    /** The session is over, and what it has not acknowledged is to stay in the store for a while; when it is kept. */
    Bequest bequeathed(Window window, MessageQueue queue) {
        Bequest bequest = new Bequest(ledger, life, messages(window, queue));
        // A start that finds it like this ends it, and gives what is left.
        give(stored(0, 0, null));
        life = 0;
        return bequest;
    }

    /** A will that is due and waits, as a session that is over and has nothing else: a start that finds it publishes it. */
    StoredSession alone(long number, WillMessage due) {
        return stored(number, 0, 0, due.toStored(session.home().clock().millis()));
    }

    private static long[] messages(Window window, MessageQueue queue) {
        long[] messages = new long[window.size() + queue.size()];
        return Arrays.copyOf(messages, queue.storedIds(messages, window.storedIds(messages, 0)));
    }

    private StoredSession stored(long expirySeconds, long endsAtMillis, @Nullable StoredWill will) {
        return stored(life, expirySeconds, endsAtMillis, will);
    }

    private StoredSession stored(long number, long expirySeconds, long endsAtMillis, @Nullable StoredWill will) {
        Subject subject = session.subject();
        StoredClient client = new StoredClient(
                subject.clientId(), subject.username(), subject.peer().listener());
        return new StoredSession(
                number,
                session.mountPoint(),
                client,
                session.protocolLevel(),
                expirySeconds,
                endsAtMillis,
                will,
                session.standing().kept());
    }

    void subscribed(Subscription subscription) {
        if (life != 0) {
            StoredSubscription stored = new StoredSubscription(subscription.filter(), subscription.options());
            ledger.give().subscribed(life, stored);
        }
    }

    void unsubscribed(String filter) {
        if (life != 0) {
            ledger.give().unsubscribed(life, filter);
        }
    }

    /**
     * The message as one that the store has for this session. A message at QoS 1 or 2 that its sender has recorded is; any
     * other is recorded here, which nobody waits for: no promise hangs on it.
     */
    Publication recorded(Publication message, Outgoing how) {
        boolean known = message.stored() != 0 && how.qos() > 0;
        if (life == 0 || known) {
            return message;
        }
        if (ledger.isAway() || !ledger.takesMessages()) {
            return unrecorded(message);
        }
        Publication again = message.storedAgain(ledger.newMessage());
        StoredMessage stored = again.toStored();
        ledger.give().message(stored, ledger.only(life, how.packed()), Origin.NONE);
        return again;
    }

    /** The message as one that the store does not have for this session, though it may have it for others. */
    static Publication unrecorded(Publication message) {
        return message.stored() == 0 ? message : message.storedAgain(0);
    }

    /** A QoS 2 message goes out under a Packet Identifier; true when it must not before that is kept. */
    boolean sent(Publication message, Outgoing how, int packetId) {
        boolean kept = life != 0 && message.stored() != 0;
        if (kept) {
            ledger.give().sent(life, message.stored(), how.packed(), packetId);
        }
        return kept;
    }

    /** PUBREC came; true when PUBREL must not go out before that is kept. */
    boolean released(long message, Outgoing how, int packetId) {
        boolean kept = life != 0 && message != 0;
        if (kept) {
            ledger.give().released(life, message, how.packed(), packetId);
        }
        return kept;
    }

    /** The session is done with a message. */
    void done(long message, Outgoing how, int packetId) {
        if (life != 0 && message != 0) {
            ledger.give().done(life, message, how.packed(), how.qos() == 2 ? packetId : 0);
        }
    }

    /** A message that was recorded for a subscription does not get as far as the outbox. */
    void forgone(long message, Subscription by, Outgoing how) {
        if (how.qos() > 0 && by.life() == life) {
            done(message, how, 0);
        }
    }

    /** A QoS 2 message of the client came and goes nowhere; true when PUBREC must not go out before that is kept. */
    public boolean inbound(int packetId) {
        if (life != 0) {
            ledger.give().inbound(life, packetId);
        }
        return life != 0;
    }

    /** A QoS 2 Packet Identifier of the client is free again; true when PUBCOMP must not go out before that is kept. */
    public boolean inboundDone(int packetId) {
        if (life != 0) {
            ledger.give().inboundDone(life, packetId);
        }
        return life != 0;
    }
}
