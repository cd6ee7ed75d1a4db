// SPDX-License-Identifier: Apache-2.0
package io.culex.api.config;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Takes part in a change of the configuration: one change or none. A service; asked in the order of
 * {@link #order()}. All methods are called on the admin thread, one at a time, and may block for a bounded time.
 * After {@link #prepare} exactly one of {@link #commit} and {@link #abort} follows for the same generation.
 */
@ConsumerType
public interface GenerationParticipant {
    /** Committed in ascending order: the broker's state (0), then its doors (100), then what watches (200). */
    int order();

    /**
     * Gets everything ready that can fail, without outward effect: sockets are bound but not accepting, files are open but
     * unused.
     *
     * @throws GenerationRefusedException when the generation cannot run; what was prepared for it is undone already
     */
    void prepare(Generation generation) throws GenerationRefusedException;

    /** Makes what was prepared effective. Must not fail. */
    void commit(Generation generation);

    /** Throws away what was prepared. Must not fail. */
    void abort(Generation generation);

    /** A change was asked for; whether anything will be prepared for it is not known yet. Must not fail. */
    default void changeBegins() {}

    /** The change that was asked for is in force, or was refused, be it before anyone was to prepare for it. Must not fail. */
    default void changeEnds() {}
}
