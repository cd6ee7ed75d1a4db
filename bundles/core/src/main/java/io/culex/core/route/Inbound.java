// SPDX-License-Identifier: Apache-2.0
package io.culex.core.route;

import io.culex.api.auth.Subject;
import io.culex.codec.PublishFrame;
import io.culex.core.loop.Clock;
import io.culex.core.loop.Loop;
import org.jspecify.annotations.Nullable;

/**
 * The message that a loop is publishing at this moment. One per loop, used again for each message; valid during the call it is
 * passed to. When its bytes still lie in the network buffer, receivers copy them from there, and only who must keep the
 * message makes a {@link Publication} of it.
 */
public final class Inbound {
    private final Clock clock;
    private @Nullable PublishFrame frame;
    private @Nullable Route route;
    private @Nullable Publication kept;
    private @Nullable Subject sender;
    private long source;
    private int qos;
    private boolean retain;
    private boolean copyable;
    private long token;
    private long senderLife;
    private int packetId;
    private boolean promised;
    private @Nullable Receiver congested;
    private @Nullable Loop behind;

    Inbound(Clock clock) {
        this.clock = clock;
    }

    /**
     * A message that lies in the network buffer.
     *
     * @param plain whether the frame's topic is the route's, so that its bytes may be copied whole
     */
    public Inbound of(PublishFrame inFrame, Route to, long from, Subject by, boolean plain) {
        frame = inFrame;
        route = to;
        kept = null;
        source = from;
        sender = by;
        qos = inFrame.qos();
        retain = inFrame.retain();
        copyable = plain && qos == 0 && inFrame.hasForwardableOnly();
        senderLife = 0;
        packetId = 0;
        promised = false;
        return this;
    }

    /**
     * It is of QoS 2, and its sender's session is kept: the Packet Identifier goes into its record.
     *
     * @param life the number of the sender's session in the store
     */
    public Inbound under(long life, int id) {
        senderLife = life;
        packetId = id;
        return this;
    }

    /** A message that is kept already. */
    Inbound of(Publication publication, Route to) {
        frame = null;
        route = to;
        kept = publication;
        source = publication.source();
        sender = publication.sender();
        qos = publication.qos();
        retain = publication.retain();
        copyable = false;
        senderLife = 0;
        packetId = 0;
        promised = false;
        return this;
    }

    void token(long number) {
        token = number;
        congested = null;
        behind = null;
    }

    void clear() {
        frame = null;
        route = null;
        kept = null;
        sender = null;
    }

    /** The store has been found ready for it: it is given to the store, whatever that says meanwhile. */
    public void promised() {
        promised = true;
    }

    boolean isPromised() {
        return promised;
    }

    long senderLife() {
        return senderLife;
    }

    int packetId() {
        return packetId;
    }

    /** Its id in the store; 0: it is not there. */
    public long stored() {
        Publication now = kept;
        return now == null ? 0 : now.stored();
    }

    /** The level it was published at. */
    public int qos() {
        return qos;
    }

    /** The RETAIN flag as published. */
    public boolean retain() {
        return retain;
    }

    /** The number of the receiver that publishes it, or 0. */
    public long source() {
        return source;
    }

    /** Equal to another's only when both are the same publication. */
    public long token() {
        return token;
    }

    /** A receiver of it has fallen behind and holds its publishers. */
    public void congested(Receiver receiver) {
        congested = receiver;
    }

    /** The loop of a receiver has fallen behind. */
    void behind(Loop loop) {
        behind = loop;
    }

    /** After it was published: whether its publisher is to wait. */
    public boolean isHeldBack() {
        return congested != null || behind != null;
    }

    /** Runs {@code relief}, on any loop, when its publisher may go on. */
    public void awaitRelief(Runnable relief) {
        Receiver receiver = congested;
        if (receiver != null) {
            receiver.home().run(() -> receiver.awaitRelief(relief));
        } else if (behind != null) {
            // Tasks of a loop keep their order: this one comes after what was handed over before.
            behind.execute(relief);
        }
    }

    /** Where it goes. */
    public Route route() {
        return present(route);
    }

    /** The frame in the network buffer when its bytes may be copied to an MQTT 5 (or 3) receiver as they are; else null. */
    public @Nullable PublishFrame frameFor(boolean v5) {
        PublishFrame now = frame;
        return copyable && now != null && now.v5() == v5 ? now : null;
    }

    /** The message as one that may be kept. */
    public Publication keep() {
        Publication now = kept;
        if (now == null) {
            now = copy(present(frame));
            kept = now;
        }
        return now;
    }

    private Publication copy(PublishFrame from) {
        byte[] payload = new byte[from.payloadLength()];
        from.buffer().getBytes(from.payloadIndex(), payload);
        byte[] properties = Publication.NO_PROPERTIES;
        int length = from.forwardedPropertiesLength();
        if (length > 0) {
            properties = new byte[length];
            from.copyForwardedProperties(properties, 0);
        }
        long expiry = from.expirySeconds();
        long expiresAt = expiry < 0 ? 0 : clock.millis() + expiry * 1000;
        return new Publication(route().topic(), properties, payload, qos, retain, expiresAt, source, sender)
                .by(route());
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("no message is being published");
        }
        return value;
    }
}
