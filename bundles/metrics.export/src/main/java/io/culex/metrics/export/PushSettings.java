// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.export;

import java.time.Duration;

/**
 * How metrics are sent.
 *
 * @param plugin the exporter's name
 * @param interval between two readings
 * @param capacity updates that are kept for a server that is away
 * @param maxItems in one request
 */
public record PushSettings(String plugin, Duration interval, int capacity, int maxItems) {
    private static final Duration SHORTEST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    /** The longest pause after failures: two readings, within bounds. */
    Duration longestPause() {
        Duration two = interval.multipliedBy(2);
        if (two.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return two.compareTo(LONGEST) > 0 ? LONGEST : two;
    }
}
