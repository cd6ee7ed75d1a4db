// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.segment;

/** Where a record stands, in one number that grows along the log: segment (upper half) and place in it (lower half). */
public final class Location {
    private Location() {}

    /** The number for these values. */
    public static long of(long segment, int place) {
        return segment << 32 | place;
    }

    /** The number of the segment. */
    public static long segment(long location) {
        return location >>> 32;
    }

    /** The place in it. */
    public static int place(long location) {
        return (int) location;
    }
}
