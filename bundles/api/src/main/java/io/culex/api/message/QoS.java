// SPDX-License-Identifier: Apache-2.0
package io.culex.api.message;

/** Quality of Service of an Application Message or of a Subscription [MQTT-4.3]. */
public enum QoS {
    /** QoS 0. */
    AT_MOST_ONCE,
    /** QoS 1. */
    AT_LEAST_ONCE,
    /** QoS 2. */
    EXACTLY_ONCE;

    private static final QoS[] LEVELS = values();

    /**
     * The level with the given number.
     *
     * @throws IllegalArgumentException unless {@code level} is 0, 1 or 2
     */
    public static QoS of(int level) {
        if (level < 0 || level >= LEVELS.length) {
            throw new IllegalArgumentException("QoS must be 0, 1 or 2, not " + level);
        }
        return LEVELS[level];
    }

    /** The number of this level: 0, 1 or 2. */
    public int level() {
        return ordinal();
    }
}
