// SPDX-License-Identifier: Apache-2.0
package io.culex.core.route;

/**
 * Which topics were met before: a topic that comes once, as a retained message's often does, is not worth a route that is kept.
 * Remembers a byte of each hash, so it may forget a topic, or take one for another; what is kept meanwhile is not asked about any
 * more, so topics that come in turn are all kept after a few rounds. Belongs to one loop.
 */
final class Glimpses {
    private static final int LEAST = 1 << 10;
    private static final int MOST = 1 << 17;

    /** Multiples of it are negative half the time, in no rhythm that topics could come in. */
    private static final int SPREAD = 0x9E3779B9;

    private byte[] marks = new byte[LEAST];
    private int met;

    /** Whether that hash was met before; from now on it was, most often. */
    boolean isKnown(int hash) {
        int i = hash & (marks.length - 1);
        // The place says the lower bits, and 0 stands for nothing.
        byte mark = (byte) (hash >>> 24 | 1);
        if (marks[i] == mark) {
            return true;
        }
        met++;
        if (met > marks.length && marks.length < MOST) {
            // More topics than it can tell apart: what it knew is not worth carrying over.
            marks = new byte[Math.min(MOST, marks.length * 4)];
            met = 0;
            i = hash & (marks.length - 1);
        }
        // Who holds the place keeps it half the time: of two that come in turn, neither would ever be met again.
        if (marks[i] == 0 || met * SPREAD < 0) {
            marks[i] = mark;
        }
        return false;
    }
}
