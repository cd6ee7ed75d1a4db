// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import io.culex.api.auth.Access;
import io.culex.api.auth.Subject;
import io.culex.api.config.BrokerSettings;
import io.culex.api.log.LogType;
import io.culex.api.message.ReasonCode;
import io.culex.core.loop.Counter;
import io.culex.core.loop.Loop;
import io.culex.core.plugin.Gate;
import io.culex.core.plugin.PermissionCache;
import io.culex.core.route.Inbound;
import io.culex.core.route.Publication;
import io.culex.core.route.Receiver;
import io.culex.core.route.Subscription;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the broker knows of one client, connected or not. It lives on one loop from its first CONNECT to its end, and only that
 * loop touches it; a link that takes it over moves there. A conductor: the work is done by its parts.
 */
public final class Session implements Receiver {
    /** Whose session it is. */
    public record Identity(String mountPoint, String clientId) {
        /** The key in the directory. */
        public String key() {
            return Directory.key(mountPoint, clientId);
        }
    }

    /** A session that is kept until somebody takes it over. */
    public static final long NEVER = 0xFFFF_FFFFL;

    private final Identity identity;
    private final long number;
    private final Loop home;
    private final Services services;
    private final Subscriptions subscriptions;
    private final Outbox outbox;
    private final Inbox inbox = new Inbox();
    private final Lifetime lifetime;
    private final Congestion congestion;
    private final PermissionCache permissions = new PermissionCache();
    private volatile boolean online;
    private @Nullable Link link;
    private @Nullable Subject subject;
    private Authority authority = Authority.CLIENT;
    private int protocolLevel;
    private boolean ended;
    private long since;
    private @Nullable Publication lastDelivered;
    private long lastInbound = -1;

    /** On whose authority it acts: only a client's permissions are asked for. */
    public enum Authority {
        /** A client, or a local session of a user. */
        CLIENT,
        /** A bridge of this broker. */
        BRIDGE,
        /** The broker itself. */
        SYSTEM
    }

    Session(Identity identity, long number, Loop home, Services services) {
        this.identity = identity;
        this.number = number;
        this.home = home;
        this.services = services;
        this.subscriptions = new Subscriptions(this, services);
        this.outbox = new Outbox(this);
        this.lifetime = new Lifetime(this, services);
        this.congestion = new Congestion(this);
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

    Outbox outbox() {
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
        Subject now = subject;
        if (now == null) {
            throw new IllegalStateException("session without a link yet");
        }
        return now;
    }

    /** On whose authority it acts. */
    public Authority authority() {
        return authority;
    }

    /** Of the current or the last link: 3, 4 or 5. */
    public int protocolLevel() {
        return protocolLevel;
    }

    /** When it was connected or disconnected last, in milliseconds since 1970. */
    public long since() {
        return since;
    }

    /** Messages in flight to the client. */
    public int inflight() {
        return outbox.inflight();
    }

    /** Messages that wait for the client. */
    public int queued() {
        return outbox.queued();
    }

    /** Payload of the messages that wait. */
    public long queuedBytes() {
        return outbox.queuedBytes();
    }

    BrokerSettings settings() {
        return services.current().broker();
    }

    void log(LogType type, String line) {
        services.log().log(type, line);
    }

    /**
     * Takes over an authenticated link; on the home loop. An old link is closed with 0x8E; with {@code clean} everything else
     * of an old session goes too [MQTT-3.1.2-4]. The caller sends CONNACK, then calls {@link #begin}.
     *
     * @return whether a session was there and is resumed
     */
    public boolean attach(Link newLink, Attachment how) {
        // What was to end with its connection ends with it, also when that is taken over.
        boolean present = subject != null;
        boolean resumed = present && !how.clean() && lifetime.isPersistent();
        Link old = link;
        if (old != null) {
            link = null;
            outbox.detached();
            old.close(ReasonCode.SESSION_TAKEN_OVER);
        }
        if (present) {
            lifetime.takenOver(old != null, how.clean());
        }
        if (present && !resumed) {
            wipe();
        }
        link = newLink;
        subject = how.subject();
        authority = how.authority();
        protocolLevel = newLink.protocolLevel();
        since = home.clock().millis();
        lifetime.attached(how.will(), how.expirySeconds());
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
        if (now != null) {
            outbox.drain(now);
            subscriptions.continueReplay(now);
            congestion.shrank(backlog(now));
        }
    }

    /** Whether it ever had a link: a session that waits for its first one is not one yet. Home loop. */
    public boolean isKnown() {
        return subject != null;
    }

    /** What an acknowledgement of the client did. */
    public enum Acknowledged {
        /** It was for a message in flight. */
        DONE,
        /** Its identifier is not in use. */
        UNKNOWN,
        /** It does not go with the QoS of its message. */
        WRONG_QOS
    }

    /** PUBACK (QoS 1) or PUBCOMP (QoS 2) came, or a PUBREC that refuses the message. */
    public Acknowledged acknowledged(int packetId, int qos) {
        int sent = outbox.qos(packetId);
        if (sent < 0) {
            return Acknowledged.UNKNOWN;
        }
        if (sent != qos) {
            return Acknowledged.WRONG_QOS;
        }
        outbox.completed(packetId, link);
        return Acknowledged.DONE;
    }

    /** PUBREC came. */
    public Acknowledged received(int packetId) {
        int sent = outbox.qos(packetId);
        if (sent < 0) {
            return Acknowledged.UNKNOWN;
        }
        if (sent != 2) {
            return Acknowledged.WRONG_QOS;
        }
        outbox.received(packetId);
        return Acknowledged.DONE;
    }

    /** A link that was to take over is lost; a session that never had one ends. Home loop. */
    public void abandon() {
        if (subject == null) {
            end();
        }
    }

    /** Ends the session with all that belongs to it. */
    void end() {
        if (!ended) {
            ended = true;
            wipe();
            lifetime.ended();
            services.directory().remove(this);
            services.observers().tell(observer -> observer.ended(clientId()));
        }
    }

    private void wipe() {
        subscriptions.clear();
        outbox.clear();
        inbox.clear();
    }

    @Override
    public void deliver(Inbound message, Subscription by) {
        Gate gate = gate();
        if (isUnwanted(message.source(), by) || (isDuplicate(message) && by.share() == null)) {
            return;
        }
        int qos = grant(message.qos(), by);
        boolean retain = message.retain() && by.options().retainAsPublished();
        Link now = link;
        if (!gate.isOpen() && authority == Authority.CLIENT) {
            outbox.offer(message.keep(), Outgoing.of(qos, retain, by.options().identifier()), null);
        } else if (!mayRead(gate, message.route().text())) {
            return;
        } else if (qos > 0 || (now == null && settings().sessions().queueQos0())) {
            outbox.offer(message.keep(), Outgoing.of(qos, retain, by.options().identifier()), now);
        } else if (now != null) {
            if (!now.send(message, retain, by.options().identifier())) {
                home.counters().increment(Counter.PUBLISH_DROPPED);
            }
            congestion.grew(now.backlog());
        }
        if (congestion.isBehind()) {
            message.congested(this);
        }
    }

    @Override
    public boolean deliver(Publication message, Subscription by) {
        if (ended) {
            return false;
        }
        if (isUnwanted(message.source(), by) || (message == lastDelivered && isSingleCopy() && by.share() == null)) {
            return true;
        }
        lastDelivered = message;
        Gate gate = gate();
        boolean retain = message.retain() && by.options().retainAsPublished();
        if (gate.isOpen() && !mayRead(gate, message)) {
            return true;
        }
        deliver(
                message,
                Outgoing.of(grant(message.qos(), by), retain, by.options().identifier()));
        return true;
    }

    /** Delivers a message as said, through the queue when it must wait. */
    void deliver(Publication message, Outgoing how) {
        Link now = gate().isOpen() || authority != Authority.CLIENT ? link : null;
        if (how.qos() > 0 || (link == null && settings().sessions().queueQos0()) || (link != null && now == null)) {
            outbox.offer(message, how, now);
        } else if (now != null && !now.send(message, how, 0, false)) {
            home.counters().increment(Counter.PUBLISH_DROPPED);
        }
        if (now != null) {
            congestion.grew(now.backlog());
        }
    }

    private int backlog(Link now) {
        return Math.max(outbox.queued(), now.backlog());
    }

    private boolean isUnwanted(long source, Subscription by) {
        return ended || (source == number && by.options().noLocal());
    }

    private boolean isDuplicate(Inbound message) {
        if (!isSingleCopy()) {
            return false;
        }
        long token = message.token();
        boolean again = token == lastInbound;
        lastInbound = token;
        return again;
    }

    /** {@code allow_duplicate_messages false} counts for MQTT 3 only. */
    private boolean isSingleCopy() {
        return protocolLevel < 5 && !settings().sessions().allowDuplicateMessages();
    }

    private int grant(int published, Subscription by) {
        return settings().sessions().upgradeOutgoingQos() ? by.qos() : Math.min(published, by.qos());
    }

    Gate gate() {
        return services.current().get().scope(subject().peer().listener()).gate();
    }

    /** Whether the client may receive the message, as of now. */
    boolean mayReceive(Publication message) {
        return mayRead(gate(), message);
    }

    private boolean mayRead(Gate gate, Publication message) {
        return authority != Authority.CLIENT || !gate.authorizes() || mayRead(gate, message.topicText());
    }

    private boolean mayRead(Gate gate, String topic) {
        return authority != Authority.CLIENT || permits(gate, Access.READ, topic);
    }

    /** Whether the client may do that with the topic (mount point included). */
    public boolean permits(Gate gate, Access access, String topic) {
        if (!gate.authorizes()) {
            return true;
        }
        return permissions.allows(
                gate, access, subject(), topic.substring(mountPoint().length()));
    }

    /** Whether the client may do that with the topic, at the gate as it stands now. */
    public boolean mayPublish(Access access, String topic) {
        Gate gate = gate();
        return gate.isOpen() && permits(gate, access, topic);
    }

    boolean isMemoryFull(int more) {
        long limit = settings().limits().memoryBytes();
        return limit > 0
                && services.loops().sum(Counter.QUEUED_BYTES)
                                + services.router().retained().bytes()
                                + more
                        > limit;
    }

    /** How long the session stays without a link, at most; for the log of an operator. */
    public Duration expiry() {
        return Duration.ofSeconds(lifetime.expirySeconds());
    }
}
