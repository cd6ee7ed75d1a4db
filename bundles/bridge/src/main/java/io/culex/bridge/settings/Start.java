// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge.settings;

/**
 * When a bridge connects.
 *
 * @param type {@code start_type}
 * @param idleSeconds {@code idle_timeout}: after so long without a message a lazy one goes again
 * @param threshold so many messages wake a lazy one
 * @param backoff {@code restart_timeout}
 * @param roundRobin whether it stays with the address that it has reached
 * @param reloadsAtOnce {@code bridge_reload_type immediate}
 */
public record Start(
        Type type, int idleSeconds, int threshold, Backoff backoff, boolean roundRobin, boolean reloadsAtOnce) {
    /** The values of {@code start_type}. */
    public enum Type {
        /** Always, again and again. */
        AUTOMATIC,
        /** When enough messages wait. */
        LAZY,
        /** At the start, and never again. */
        ONCE
    }
}
