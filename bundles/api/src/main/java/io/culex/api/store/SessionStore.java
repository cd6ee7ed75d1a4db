// SPDX-License-Identifier: Apache-2.0
package io.culex.api.store;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Keeps persistent sessions and what they have not acknowledged; part of a {@link StoreLane}. A session is named by its
 * {@link StoredSession#number}, a message by its {@link StoredMessage#id}; {@code how} is as in {@link How}.
 */
@ConsumerType
public interface SessionStore {
    /** A session began, or something of it changed; its subscriptions and messages stay. */
    void session(StoredSession session);

    /**
     * A session ended with all that belongs to it. Messages for it that are taken later are none.
     *
     * @param messages the ids of those that it has not acknowledged; the first {@code count} count
     */
    void ended(long session, long[] messages, int count);

    /** A subscription was made or changed. */
    void subscribed(long session, StoredSubscription subscription);

    /** A subscription was taken away; the filter as in {@link StoredSubscription}. */
    void unsubscribed(long session, String filter);

    /** A message for sessions, all or nothing: with its retained version and its sender's Packet Identifier one record. */
    void message(StoredMessage message, Receivers receivers, Origin origin);

    /** A QoS 2 message without persistent receivers came from a session: its Packet Identifier waits for PUBREL. */
    void inbound(long session, int packetId);

    /** A QoS 2 Packet Identifier of a sender is free again. */
    void inboundDone(long session, int packetId);

    /** A QoS 2 message goes to a receiver under this Packet Identifier. */
    void sent(long session, long message, int how, int packetId);

    /** A receiver has answered PUBREC: only the Packet Identifier is owed to it now. */
    void released(long session, long message, int how, int packetId);

    /**
     * A receiver has acknowledged the message, or it was dropped for it. Of a session that has no such message: nothing.
     *
     * @param packetId as it was sent under when it is of QoS 2; 0 when it was not
     */
    void done(long session, long message, int how, int packetId);
}
