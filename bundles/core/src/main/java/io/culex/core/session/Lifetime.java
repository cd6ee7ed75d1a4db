// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import io.culex.api.auth.Access;
import io.culex.api.log.LogType;
import io.culex.api.store.StoredSession;
import io.culex.api.store.StoredWill;
import io.culex.core.loop.Counter;
import io.culex.core.loop.Ledger;
import io.culex.core.loop.Timer;
import io.culex.core.loop.Wheel;
import io.culex.core.plugin.Gate;
import io.culex.core.route.Publication;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** When a session's will is published and when the session ends. On the session's loop. */
public final class Lifetime {
    /** A wheel's timer is not armed for longer; what is later is armed again. */
    private static final long MAX_ARMED_SECONDS = 86_400;

    private final Session session;
    private final Services services;
    private final Timer willDue = new Timer() {
        @Override
        protected void expired() {
            publishWill();
        }
    };
    private final Timer sessionDue = new Timer() {
        @Override
        protected void expired() {
            checkExpiry();
        }
    };
    private @Nullable WillMessage will;
    private long expirySeconds;
    private long endsAtMillis;
    private long willAtMillis;
    private boolean online;
    private boolean client;

    Lifetime(Session session, Services services) {
        this.session = session;
        this.services = services;
    }

    /** How long the session is kept without a link; 0: it ends with it. */
    public long expirySeconds() {
        return expirySeconds;
    }

    /** When a session without a link ends, in milliseconds since 1970; 0: never, or it has a link. */
    long endsAtMillis() {
        return endsAtMillis;
    }

    /** The will as the store keeps it; null without one. */
    @Nullable
    StoredWill storedWill() {
        WillMessage now = will;
        return now == null ? null : now.toStored(willAtMillis);
    }

    /** The topic of the will, mount point included; null without one. */
    public @Nullable String willTopic() {
        WillMessage now = will;
        return now == null ? null : now.publication().topicText();
    }

    /** Whether the session outlives its link. */
    public boolean isPersistent() {
        return expirySeconds > 0;
    }

    /** DISCONNECT or CONNECT sets the Session Expiry Interval [MQTT-3.14.2.2.2]. */
    public void expirySeconds(long seconds) {
        expirySeconds = seconds;
    }

    void attached(@Nullable WillMessage newWill, long newExpirySeconds) {
        online(session.standing() != Standing.SYSTEM);
        client(session.standing() != Standing.SYSTEM);
        session.home().wheel().disarm(willDue);
        session.home().wheel().disarm(sessionDue);
        will = newWill;
        expirySeconds = newExpirySeconds;
        endsAtMillis = 0;
        willAtMillis = 0;
    }

    /**
     * Another link takes the session over. The old will is published when its session ends now, or when it has no delay; else
     * the new link has come in time [MQTT-3.1.3-9].
     */
    void takenOver(boolean wasConnected, boolean clean) {
        WillMessage old = will;
        if (old == null) {
            return;
        }
        boolean endsNow = clean || expirySeconds == 0;
        // Without a link a will is there whose delay goes on, or one that is due and waits for a plugin.
        boolean isDue = wasConnected
                ? old.delaySeconds() == 0
                : willAtMillis <= session.home().clock().millis();
        if (endsNow || isDue) {
            publishWill();
            letWillWait();
        }
        forgetWill();
    }

    /** A will that is due and could not be decided about yet waits by itself: the session is over, or goes on with another's. */
    private void letWillWait() {
        WillMessage due = will;
        if (due != null) {
            DueWill alone = new DueWill(session, services, due);
            if (session.records().isKept()) {
                alone.keep(session.records());
            }
            alone.await();
            forgetWill();
        }
    }

    /** Counts the session among those of clients that are there. */
    private void online(boolean now) {
        if (online != now) {
            online = now;
            session.home().counters().add(Counter.SESSIONS_ONLINE, now ? 1 : -1);
        }
    }

    /** Counts the session among those of clients, there or not; once, however often it is taken over. */
    private void client(boolean now) {
        if (client != now) {
            client = now;
            services.directory().client(now);
        }
    }

    void detached(boolean graceful) {
        online(false);
        if (graceful) {
            will = null;
        }
        WillMessage left = will;
        if (left != null && (left.delaySeconds() == 0 || expirySeconds == 0)) {
            publishWill();
        } else if (left != null) {
            armWill(Math.min(left.delaySeconds(), expirySeconds) * 1000);
        }
        if (expirySeconds == 0) {
            session.end();
            return;
        }
        long seconds = effectiveExpiry();
        if (seconds != Session.NEVER) {
            endsAtMillis = session.home().clock().millis() + seconds * 1000;
            armExpiry(seconds * 1000);
        }
        session.rights().linkLost();
        session.records().changed();
    }

    /**
     * Takes up what the store has kept. A link that was there when the broker ended is gone: its will is due now
     * [MQTT-3.1.2-8], or its delay begins.
     */
    void found(StoredSession stored) {
        client(session.standing() != Standing.SYSTEM);
        expirySeconds = stored.expirySeconds();
        StoredWill left = stored.will();
        will = left == null ? null : WillMessage.of(left);
        if (left == null && stored.endsAtMillis() == 0 && effectiveExpiry() == Session.NEVER) {
            return;
        }
        boolean wasAway = stored.endsAtMillis() != 0 || (left != null && left.dueAtMillis() != 0);
        if (!wasAway) {
            detached(false);
            return;
        }
        long now = session.home().clock().millis();
        if (left != null) {
            // A clock that was set back must not make it later than it was to be.
            long most = Math.min(left.delaySeconds(), expirySeconds) * 1000;
            armWill(Math.max(Wheel.TICK_MILLIS, Math.min(most, left.dueAtMillis() - now)));
        }
        endsAtMillis = stored.endsAtMillis();
        if (endsAtMillis == 0) {
            expireAfterAll(now);
        } else {
            armExpiry(Math.max(Wheel.TICK_MILLIS, endsAtMillis - now));
        }
    }

    /** The store has kept the will of a session that is over: it is due. */
    void foundOver(StoredWill left) {
        will = WillMessage.of(left);
        publishWill();
        letWillWait();
    }

    /** It was to be kept for ever when its link ended: it is not if {@code persistent_client_expiration} has been set since. */
    private void expireAfterAll(long now) {
        long seconds = effectiveExpiry();
        if (seconds != Session.NEVER) {
            endsAtMillis = now + seconds * 1000;
            armExpiry(seconds * 1000);
            session.records().changed();
        }
    }

    private void armWill(long millis) {
        willAtMillis = session.home().clock().millis() + millis;
        session.home().wheel().arm(willDue, millis);
    }

    /** {@code persistent_client_expiration} caps what a client asked for; what is the broker's own stays. */
    private long effectiveExpiry() {
        if (session.standing() != Standing.CLIENT) {
            return expirySeconds;
        }
        Duration cap = services.current().broker().sessions().persistentExpiry();
        return cap.isZero() ? expirySeconds : Math.min(expirySeconds, cap.toSeconds());
    }

    private void armExpiry(long millis) {
        session.home().wheel().arm(sessionDue, Math.min(millis, MAX_ARMED_SECONDS * 1000));
    }

    private void checkExpiry() {
        long left = endsAtMillis - session.home().clock().millis();
        if (left > 0) {
            armExpiry(left);
            return;
        }
        services.log().log(LogType.NOTICE, "Expiring client " + session.clientId() + " due to timeout.");
        session.home().counters().increment(Counter.SESSIONS_EXPIRED);
        publishWill();
        session.end();
    }

    /** Publishes the will now, whatever its delay: at a clean stop of the broker. */
    public void publishWill() {
        WillMessage due = will;
        session.home().wheel().disarm(willDue);
        if (due == null) {
            return;
        }
        Gate gate = session.gate();
        String topic = due.publication().topicText();
        if (session.rights().isUndecided(gate) || session.rights().leavesOpen(Access.WRITE, topic, gate)) {
            // Who may say whether it is allowed cannot yet.
            session.home().wheel().arm(willDue, Wheel.TICK_MILLIS);
            return;
        }
        Ledger ledger = session.home().ledger();
        if (ledger.isAway()) {
            // It stays the session's until it can be a message.
            ledger.whenThere(() -> publishIfStill(due));
            return;
        }
        will = null;
        willAtMillis = 0;
        publish(due, isPublished(topic, gate));
    }

    @SuppressWarnings("ReferenceEquality") // another one may say the same
    private void publishIfStill(WillMessage due) {
        if (will == due) {
            publishWill();
        }
    }

    /** The message first: a stop in between publishes the will once more, and never not at all. */
    private void publish(WillMessage due, boolean may) {
        if (may) {
            long now = session.home().clock().millis();
            Publication message = services.retainable(due.publishedAt(now, session.number()), session.home());
            services.router().publish(session.home(), message);
        }
        if (session.link() == null && !session.isEnded()) {
            session.records().changed();
        }
    }

    /** A will is a PUBLISH of its client, and may do no more than that. */
    private boolean isPublished(String topic, Gate gate) {
        boolean isReserved = session.standing() == Standing.CLIENT
                && ReservedTopics.contain(topic.substring(session.mountPoint().length()));
        return !isReserved && session.rights().permit(Access.WRITE, topic, gate);
    }

    /** The will is published no more, however the connection ends. */
    public void forgetWill() {
        session.home().wheel().disarm(willDue);
        will = null;
        willAtMillis = 0;
    }

    /** The session is over; before the store is told so. */
    void ended() {
        online(false);
        client(false);
        letWillWait();
        session.home().wheel().disarm(sessionDue);
    }
}
