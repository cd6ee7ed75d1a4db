// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge.settings;

/**
 * {@code restart_timeout}: how long to wait before the next attempt (SPEC F.5).
 *
 * @param baseSeconds the shortest time, 1 to 3600
 * @param capSeconds the longest; equal to the shortest: always that
 * @param stableSeconds how long a connection must have lasted for the next wait to be the shortest again
 */
public record Backoff(int baseSeconds, int capSeconds, int stableSeconds) {
    /** Between 5 and 30 seconds. */
    public static final Backoff DEFAULTS = new Backoff(5, 30, 0);

    public Backoff {
        if (baseSeconds < 1 || capSeconds < baseSeconds || stableSeconds < 0) {
            throw new IllegalArgumentException("Error: Invalid restart_timeout.");
        }
    }

    /** Out of one to three numbers. */
    public static Backoff parse(String text) {
        String[] words = text.strip().split(" +");
        try {
            int base = Integer.parseInt(words[0]);
            int cap = words.length > 1 ? Integer.parseInt(words[1]) : base;
            return new Backoff(base, cap, words.length > 2 ? Integer.parseInt(words[2]) : 0);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("Error: Invalid restart_timeout '" + text + "'.", e);
        }
    }
}
