// SPDX-License-Identifier: Apache-2.0
package io.culex.core.route;

/**
 * Which topics were met before: a topic that comes once, as a retained message's often does, is not worth a route that is kept.
 * Remembers hashes, so it may forget a topic, or take one for another. Belongs to one loop.
 */
final class Glimpses {
    private static final int LEAST = 1 << 10;
    private static final int MOST = 1 << 18;

    private int[] hashes = new int[LEAST];
    private int met;

    /** Whether that hash was met before; from now on it was. */
    boolean isKnown(int hash) {
        int i = hash & (hashes.length - 1);
        if (hashes[i] == hash) {
            return true;
        }
        if (++met > hashes.length && hashes.length < MOST) {
            // More topics than it can tell apart: what it knew is not worth carrying over.
            hashes = new int[hashes.length * 4];
            met = 0;
            i = hash & (hashes.length - 1);
        }
        hashes[i] = hash;
        return false;
    }
}
