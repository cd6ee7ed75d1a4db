// SPDX-License-Identifier: Apache-2.0
package io.culex.api.store;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Keeps persistent sessions and what they have not acknowledged. A service. Every method but {@link #recover} enqueues, in
 * the order of the calls of one thread, and does not block; the promise tells when it is kept.
 */
@ConsumerType
public interface SessionStore {
    /** Takes what the store has kept. */
    @ConsumerType
    interface Recovery {
        /** A session; comes before everything else of it. */
        void session(StoredSession session);

        /** A subscription of a session. */
        void subscription(long session, StoredSubscription subscription);

        /** A message that a session has not acknowledged, in the order of its delivery. */
        void message(long session, StoredMessage message, int qos, boolean released);

        /** A Packet Identifier of a QoS 2 PUBLISH that the client has not released. */
        void inbound(long session, int packetId);
    }

    /** Gives everything that is kept, once, before any other call. Blocks. */
    void recover(Recovery recovery);

    /** A session began, or its expiry, user or will changed. */
    void session(StoredSession session, Promise promise);

    /** A session ended with all that belongs to it. */
    void ended(long session, Promise promise);

    /** A subscription was made or changed. */
    void subscribed(long session, StoredSubscription subscription, Promise promise);

    /** A subscription was taken away. */
    void unsubscribed(long session, String filter, Promise promise);

    /**
     * A message for the sessions in {@code receivers}, each at the level at the same place of {@code levels}; one record,
     * all or nothing.
     *
     * @param sender the sender's session number when {@code packetId} is a QoS 2 one to be remembered with it; else 0
     */
    void message(StoredMessage message, long[] receivers, byte[] levels, long sender, int packetId, Promise promise);

    /** A receiver has acknowledged the message, or it was dropped for it. */
    void done(long session, long message);

    /** A receiver has sent PUBREC for the message. */
    void released(long session, long message);

    /** A QoS 2 Packet Identifier of a sender is free again. */
    void inboundDone(long session, int packetId);
}
