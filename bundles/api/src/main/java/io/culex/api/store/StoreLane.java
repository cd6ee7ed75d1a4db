// SPDX-License-Identifier: Apache-2.0
package io.culex.api.store;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * One event loop's way into the store; for that thread only. Each method of {@link SessionStore} and {@link RetainedStore} is
 * one operation: it enqueues, does not block, and keeps no reference to what it is given. The operations of a lane are
 * numbered 1, 2, 3 and so on, are kept in that order, and {@link Kept} tells how far.
 */
@ConsumerType
public interface StoreLane extends SessionStore, RetainedStore {
    /** An id for a message: unique in the store for ever. */
    long newMessage();

    /** Bytes that were taken and are not written yet. */
    long backlog();

    /** Asks for messages by their ids, after everything that the lane has taken; {@code loaded} gets them. Not an operation. */
    void load(long[] messages, Loaded loaded);
}
