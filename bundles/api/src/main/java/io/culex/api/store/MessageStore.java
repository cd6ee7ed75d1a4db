// SPDX-License-Identifier: Apache-2.0
package io.culex.api.store;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Keeps persistent sessions with what they have not acknowledged, and retained messages. A service: the broker uses one, in
 * this order: {@link #recover} once, then one {@link StoreLane} for each of its event loops. When the service goes, what the
 * lanes have taken is kept before it is gone.
 */
@ConsumerType
public interface MessageStore {
    /** What it can do now. */
    enum State {
        /** Everything. */
        READY,
        /** No new message, for want of space; acknowledgements and whatever else frees space. */
        FULL,
        /** Nothing any more. */
        FAILED
    }

    /** Takes what the store has kept. */
    @ConsumerType
    interface Recovery {
        /**
         * A session. All of them come before everything else, in the order in which they were begun or changed last: of two
         * of one client the last is its session, the other one is over.
         */
        void session(StoredSession session);

        /**
         * A subscription of a session.
         *
         * @param session its {@link StoredSession#number}, here and below
         */
        void subscription(long session, StoredSubscription subscription);

        /**
         * A message that a session has not acknowledged; those of one session in the order of their delivery.
         *
         * @param message its id, for {@link StoreLane#load}
         * @param payloadBytes the length of its payload
         * @param how as in {@link How}
         * @param packetId the Packet Identifier of a QoS 2 message that was sent; else 0
         * @param released whether the client has answered PUBREC
         */
        void delivery(long session, long message, int payloadBytes, int how, int packetId, boolean released);

        /** A Packet Identifier of a QoS 2 PUBLISH that the client has not released. */
        void inbound(long session, int packetId);

        /** A retained message and the version of the change that made it one. */
        void retained(StoredMessage message, long version);

        /**
         * The highest version of a retained message or of a clearing that the store has seen, 0 when there was none; comes
         * after all retained messages. It can be above all of theirs, when what came last is cleared. New changes must have
         * higher versions: the store takes one with a lower version for one that came late, and does not keep it.
         */
        default void retainedVersion(long highest) {}
    }

    /**
     * Names what is kept, wherever it lies: the broker goes on with a service that comes in the place of another one only when
     * both name the same. Any thread.
     */
    default String identity() {
        return "";
    }

    /** Gives everything that is kept. Blocks for as long as reading takes; once, before any lane is opened. */
    void recover(Recovery recovery);

    /**
     * A way in for one thread.
     *
     * @param kept is told how far what it takes is kept
     */
    StoreLane lane(Kept kept);

    /** What it can do now. Any thread; cheap. */
    State state();

    /** Brings everything taken so far to the disk itself, whatever the level. Blocks; not on an event loop. */
    void sync();
}
