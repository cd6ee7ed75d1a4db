// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import io.culex.api.auth.Access;
import io.culex.api.auth.Subject;
import io.culex.api.config.BrokerSettings;
import io.culex.api.log.LogType;
import io.culex.api.message.ReasonCode;
import io.culex.api.store.StoredSession;
import io.culex.core.loop.Loop;
import io.culex.core.plugin.Gate;
import io.culex.core.route.Inbound;
import io.culex.core.route.Publication;
import io.culex.core.route.Receiver;
import io.culex.core.route.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * What the broker knows of one client, connected or not. It lives on one loop from its first CONNECT to its end, and only that
 * loop touches it; a link that takes it over moves there. A conductor: the work is done by its parts.
 */
public final class Session implements Receiver {
    /** A session that is kept until somebody takes it over. */
    public static final long NEVER = 0xFFFF_FFFFL;

    private final Identity identity;
    private final long number;
    private final Loop home;
    private final Services services;
    private final Subscriptions subscriptions;
    private final Records records;
    private final Outbox outbox;
    private final Inbox inbox = new Inbox();
    private final Lifetime lifetime;
    private final Congestion congestion;
    private final Rights rights;
    private final Deliveries deliveries;
    private volatile boolean online;
    private @Nullable Link link;
    private int protocolLevel;
    private boolean ended;
    private long since;

    Session(Identity identity, long number, Loop home, Services services) {
        this.identity = identity;
        this.number = number;
        this.home = home;
        this.services = services;
        this.subscriptions = new Subscriptions(this, services);
        this.records = new Records(this);
        this.outbox = new Outbox(this, services, records);
        this.lifetime = new Lifetime(this, services);
        this.congestion = new Congestion(this);
        this.rights = new Rights(services.current(), identity.mountPoint());
        this.deliveries = new Deliveries(this, rights, outbox, congestion, records);
        this.since = home.clock().millis();
    }

    /** The Client Identifier. */
    public String clientId() {
        return identity.clientId();
    }

    /** Prefix of its topics; empty without one. */
    public String mountPoint() {
        return identity.mountPoint();
    }

    String key() {
        return identity.key();
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public Loop home() {
        return home;
    }

    @Override
    public boolean isOnline() {
        return online;
    }

    /** Its subscriptions; home loop. */
    public Subscriptions subscriptions() {
        return subscriptions;
    }

    /** QoS 2 from the client; home loop. */
    public Inbox inbox() {
        return inbox;
    }

    /** Will and expiry; home loop. */
    public Lifetime lifetime() {
        return lifetime;
    }

    /** What the store is given; home loop. */
    public Records records() {
        return records;
    }

    Congestion congestion() {
        return congestion;
    }

    @Override
    public boolean isCongested() {
        return congestion.isBehind();
    }

    @Override
    public void awaitRelief(Runnable relief) {
        congestion.await(relief);
    }

    /** What goes out to the client; home loop. */
    public Outbox outbox() {
        return outbox;
    }

    /** The link now, or null; home loop. */
    public @Nullable Link link() {
        return link;
    }

    /** Whether this session is over and another one must be claimed; home loop. */
    public boolean isEnded() {
        return ended;
    }

    /** Whom permissions are asked for; home loop, after the first link. */
    public Subject subject() {
        return rights.subject();
    }

    /** As whom it acts. */
    public Standing standing() {
        return rights.standing();
    }

    /** Of the current or the last link: 3, 4 or 5. */
    public int protocolLevel() {
        return protocolLevel;
    }

    /** When it was connected or disconnected last, in milliseconds since 1970. */
    public long since() {
        return since;
    }

    BrokerSettings settings() {
        return services.current().broker();
    }

    void log(LogType type, String line) {
        services.log().log(type, line);
    }

    /**
     * Takes over an authenticated link; on the home loop. An old link is closed with 0x8E; with {@code clean}, or another
     * standing, all of an old session goes too [MQTT-3.1.2-4]. The caller sends CONNACK, then calls {@link #begin}.
     *
     * @return whether a session was there and is resumed
     */
    public boolean attach(Link newLink, Attachment how) {
        boolean present = rights.isSettled();
        // What was to end with its connection ends with it; what one standing was given is nothing for another.
        boolean resumed = present && lifetime.isPersistent() && how.resumes(standing(), rights.subject());
        Link old = link;
        if (old != null) {
            link = null;
            outbox.detached();
            congestion.over();
            old.close(ReasonCode.SESSION_TAKEN_OVER);
        }
        if (present) {
            lifetime.takenOver(old != null, !resumed);
        }
        if (present && !resumed) {
            wipe();
        }
        link = newLink;
        rights.are(how.subject(), how.standing());
        outbox.belongsTo(how.standing());
        protocolLevel = newLink.protocolLevel();
        since = home.clock().millis();
        lifetime.attached(how.will(), how.expirySeconds());
        records.changed();
        subscriptions.review(rights);
        return resumed;
    }

    /** After CONNACK: what waits goes out. */
    public void begin(int receiveMaximum) {
        online = true;
        Link now = link;
        if (now != null) {
            outbox.attached(now, receiveMaximum);
        }
    }

    /**
     * A link has ended; on the home loop. Nothing happens when it is not the session's any more.
     *
     * @param graceful the client said goodbye: its will is thrown away [MQTT-3.14.4-3]
     */
    public void detach(Link oldLink, boolean graceful) {
        if (link != oldLink) {
            return;
        }
        link = null;
        online = false;
        since = home.clock().millis();
        outbox.detached();
        congestion.over();
        subscriptions.linkLost();
        lifetime.detached(graceful);
    }

    /** The client takes messages again. */
    public void resume() {
        Link now = link;
        rights.lookAgain();
        if (now != null && !rights.mustWait(rights.gate())) {
            outbox.drain(now);
            subscriptions.continueReplay(now);
            congestion.shrank(Math.max(outbox.queued(), now.backlog()));
        }
    }

    /** The configuration or a gate has changed: what is not allowed any more ends. Home loop. */
    public void lookAgain() {
        Link now = link;
        if (now != null) {
            now.lookAgain();
        }
        subscriptions.review(rights);
    }

    /** Whether it ever had a link: a session that waits for its first one is not one yet. Home loop. */
    public boolean isKnown() {
        return rights.isSettled();
    }

    /** A link that was to take over is lost; a session that never had one ends. Home loop. */
    public void abandon() {
        if (!rights.isSettled()) {
            end();
        }
    }

    /** Ends the session with all that belongs to it. */
    void end() {
        if (!ended) {
            ended = true;
            lifetime.ended();
            wipe();
            rights.end();
            services.directory().remove(this);
            services.observers().tell(observer -> observer.ended(clientId()));
        }
    }

    void wipe() {
        subscriptions.clear();
        outbox.clear();
        inbox.clear();
    }

    /** It was found in the store; before it has had a link. Home loop. */
    void found(StoredSession stored, Subject whose) {
        rights.are(whose, Standing.of(stored.kind()));
        protocolLevel = stored.protocolLevel();
        records.found(stored.number());
    }

    @Override
    public void deliver(Inbound message, Subscription by) {
        deliveries.deliver(message, by);
    }

    @Override
    public boolean deliver(Publication message, Subscription by) {
        return deliveries.take(message, by);
    }

    @Override
    public void forgo(Publication message, Subscription by) {
        deliveries.forgo(message, by);
    }

    Deliveries deliveries() {
        return deliveries;
    }

    /** The gate that decides now; taken once for everything that is to be decided together. Home loop. */
    public Gate gate() {
        return rights.gate();
    }

    Rights rights() {
        return rights;
    }

    /** Whether messages wait for the gate to open. Home loop. */
    public boolean isHeld() {
        return rights.isHeld();
    }

    /** What refuses a message to the topic (mount point included): SERVER_UNAVAILABLE where nobody can decide. Home loop. */
    public @Nullable ReasonCode refusal(String topic, Gate by) {
        return rights.refusal(Access.WRITE, topic, by);
    }
}
