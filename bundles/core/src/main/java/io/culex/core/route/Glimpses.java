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

    private byte[] marks = new byte[LEAST];
    private int met;

    /** Whether that hash was met before; from now on it was. */
    boolean isKnown(int hash) {
        int i = hash & (marks.length - 1);
        // The place says the lower bits, and 0 stands for nothing.
        byte mark = (byte) (hash >>> 24 | 1);
        if (marks[i] == mark) {
            return true;
        }
        if (++met > marks.length && marks.length < MOST) {
            // More topics than it can tell apart: what it knew is not worth carrying over.
            marks = new byte[Math.min(MOST, marks.length * 4)];
            met = 0;
            i = hash & (marks.length - 1);
        }
        marks[i] = mark;
        return false;
    }
}
